package dev.statuswire.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link Definition}. Immutable.
 *
 * @param <I> the type of the request's input
 * @param <O> the type of the step's output
 */
public final class StepDefinition<I, O> {

    private final StepKind kind;
    private final String name;
    private final Class<O> outputType;
    private final StepWork<I, PlannedWait> plan;
    private final StepWork<I, O> work;
    private final @Nullable O defaultAnswer;
    private final @Nullable UndoWork<I, O> undo;
    private final Retry retry;
    private final Duration timeLimit;

    StepDefinition(
            StepKind kind,
            String name,
            Class<O> outputType,
            StepWork<I, PlannedWait> plan,
            StepWork<I, O> work,
            @Nullable O defaultAnswer,
            @Nullable UndoWork<I, O> undo,
            Retry retry,
            Duration timeLimit) {
        this.kind = kind;
        this.name = name;
        this.outputType = outputType;
        this.plan = plan;
        this.work = work;
        this.defaultAnswer = defaultAnswer;
        this.undo = undo;
        this.retry = retry;
        this.timeLimit = timeLimit;
    }

    /** {@return what the step does} */
    public StepKind kind() {
        return kind;
    }

    /** {@return the step's name, which is unique within the type} */
    public String name() {
        return name;
    }

    /**
     * {@return the type of the step's output, which is the type of its answer if it waits for one}
     */
    public Class<O> outputType() {
        return outputType;
    }

    /**
     * {@return the answer that counts if no answer arrives in time, as JSON; empty if there is
     * none, and if the step does not wait for an answer}
     *
     * @throws IllegalArgumentException if the answer cannot be written as JSON
     */
    public Optional<JsonNode> defaultAnswer() {
        return Optional.ofNullable(defaultAnswer).map(JsonConversion::write);
    }

    /** {@return whether the step can be undone} */
    public boolean hasUndo() {
        return undo != null;
    }

    /** {@return how transient failures of the step are retried} */
    public Retry retry() {
        return retry;
    }

    /** {@return how long one run may take} A longer run is a transient failure. */
    public Duration timeLimit() {
        return timeLimit;
    }

    /**
     * Returns the wait that this step starts. Statuswire calls this before it {@linkplain #run
     * runs} the step.
     *
     * @param context the request, and what the step may report
     * @return the wait, whose outcome becomes the output of the step; empty if the step has to run,
     *     because it does not wait, or not for this request
     * @throws Exception whatever the code of the type throws
     */
    public Optional<PlannedWait> planWait(StepContext<I> context) throws Exception {
        return Optional.ofNullable(withLoaderOf(plan, () -> plan.run(context)));
    }

    /**
     * Runs the step once. Statuswire calls this. Meanwhile, the context class loader of the thread
     * is that of the step's code, so that its libraries find the resources of its jars.
     *
     * @param context the request, and what the step may report
     * @return the step's output as JSON
     * @throws Exception whatever the step throws
     * @throws IllegalArgumentException if the output cannot be written as JSON
     */
    public JsonNode run(StepContext<I> context) throws Exception {
        return JsonConversion.write(withLoaderOf(work, () -> work.run(context)));
    }

    /**
     * Undoes the step once. Statuswire calls this.
     *
     * @param context the request, and what the undo may report
     * @param output the output of the step; null's JSON if it has none
     * @throws Exception whatever the undo throws
     * @throws InvalidInputException if the output does not fit the step's output type
     * @throws IllegalStateException if the step has no undo
     */
    public void undo(StepContext<I> context, JsonNode output) throws Exception {
        UndoWork<I, O> handler = undo;
        if (handler == null) {
            throw new IllegalStateException("step " + name + " has no undo in this release");
        }
        O typed = output.isNull() ? null : JsonConversion.read(output, outputType);
        withLoaderOf(
                handler,
                () -> {
                    handler.undo(context, typed);
                    return null;
                });
    }

    private static <T> @Nullable T withLoaderOf(Object owner, Code<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(owner.getClass().getClassLoader());
        try {
            return code.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Code of a request type. */
    private interface Code<T> {
        @Nullable T run() throws Exception;
    }
}
