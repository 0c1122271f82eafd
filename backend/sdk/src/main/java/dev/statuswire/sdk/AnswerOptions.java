package dev.statuswire.sdk;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of a step that waits for an answer, while its {@link Definition} is built. Not
 * thread-safe.
 *
 * @param <I> the type of the request's input
 * @param <A> the type of the answer
 */
public final class AnswerOptions<I, A> {

    private StepWork<I, Boolean> when = context -> true;
    private StepWork<I, String> prompt = context -> null;
    private StepWork<I, Duration> within = context -> PlannedWait.LONGEST;
    private Duration constant = PlannedWait.LONGEST;
    private @Nullable A orElse;

    AnswerOptions() {}

    /**
     * Sets when an answer is needed. If it is not, the step is skipped, and its output is null. The
     * default is always.
     *
     * @param condition returns whether to wait; null counts as no
     * @return these options
     */
    public AnswerOptions<I, A> when(StepWork<I, Boolean> condition) {
        when = condition;
        return this;
    }

    /**
     * Sets what to answer, for users: one or two sentences, truncated after 1,000 characters. The
     * default is the name of the step.
     *
     * @param text returns the text; null for the default
     * @return these options
     */
    public AnswerOptions<I, A> prompt(StepWork<I, String> text) {
        prompt = text;
        return this;
    }

    /**
     * Sets a prompt that is the same for every request.
     *
     * @param text the text
     * @return these options
     */
    public AnswerOptions<I, A> prompt(String text) {
        return prompt(context -> text);
    }

    /**
     * Sets how long to wait for an answer: more than 0, at most 365 days, which is the default.
     * After that, the request fails with {@code no-answer}, unless there is a default answer.
     *
     * @param time the longest wait
     * @return these options
     */
    public AnswerOptions<I, A> within(Duration time) {
        constant = time;
        return within(context -> time);
    }

    /**
     * Sets how long to wait for an answer, depending on the request.
     *
     * @param time returns the longest wait, at most 365 days; null for 365 days
     * @return these options
     */
    public AnswerOptions<I, A> within(StepWork<I, Duration> time) {
        within = time;
        return this;
    }

    /**
     * Sets the answer that counts if no answer arrives in time. It must match the schema of the
     * answer.
     *
     * @param answer the default answer
     * @return these options
     */
    public AnswerOptions<I, A> orElse(A answer) {
        orElse = answer;
        return this;
    }

    /** Returns the longest wait, if it is the same for every request. */
    Duration constant() {
        return constant;
    }

    /** Returns the default answer; null if there is none. */
    @Nullable A defaultAnswer() {
        return orElse;
    }

    @Nullable PlannedWait plan(String step, StepContext<I> context) throws Exception {
        if (!Boolean.TRUE.equals(when.run(context))) {
            return null;
        }
        return new PlannedWait(
                Objects.requireNonNullElse(within.run(context), PlannedWait.LONGEST),
                null,
                Objects.requireNonNullElse(prompt.run(context), step),
                orElse == null ? null : JsonConversion.write(orElse));
    }
}
