package dev.statuswire.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a link allows, and until when. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * LinkOptions.answer().step("approve").label("For Bob").expiresAt(nextWeek)
 * }</pre>
 *
 * <p>The server checks the values: an invalid one is a {@link ProblemResponseException} with status
 * 422.
 *
 * @param scope {@code watch}, or {@code answer} if the request can be answered with the link as
 *     well
 * @param step the only step that can be answered with the link; null for every step, and if the
 *     scope is {@code watch}
 * @param label for you, to tell your links apart: 1 to 100 characters; null for none
 * @param showsInput whether the link shows the input of the request
 * @param expiresAt from when on the link is invalid, in the future and at most 400 days from now;
 *     null for the maximum. The server drops fractions of a second
 */
public record LinkOptions(
        String scope,
        @Nullable String step,
        @Nullable String label,
        boolean showsInput,
        @Nullable Instant expiresAt) {

    private static final LinkOptions WATCH = new LinkOptions("watch", null, null, false, null);
    private static final LinkOptions ANSWER = new LinkOptions("answer", null, null, false, null);

    /** {@return the options of a link that allows to see the request, but not its input} */
    public static LinkOptions watch() {
        return WATCH;
    }

    /** {@return the options of a link that also allows to answer every step that waits} */
    public static LinkOptions answer() {
        return ANSWER;
    }

    /**
     * {@return these options with only this step to answer}
     *
     * @param only the name of a step that waits for an answer; null for every step
     */
    public LinkOptions step(@Nullable String only) {
        return new LinkOptions(scope, only, label, showsInput, expiresAt);
    }

    /**
     * {@return these options with this label}
     *
     * @param text the label; null for none
     */
    public LinkOptions label(@Nullable String text) {
        return new LinkOptions(scope, step, text, showsInput, expiresAt);
    }

    /**
     * {@return these options, and whether the link shows the input of the request}
     *
     * @param shows whether it does
     */
    public LinkOptions showsInput(boolean shows) {
        return new LinkOptions(scope, step, label, shows, expiresAt);
    }

    /**
     * {@return these options with this end of the link}
     *
     * @param end from when on the link is invalid; null for the maximum
     */
    public LinkOptions expiresAt(@Nullable Instant end) {
        return new LinkOptions(scope, step, label, showsInput, end);
    }
}
