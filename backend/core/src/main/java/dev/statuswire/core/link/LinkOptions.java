package dev.statuswire.core.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the creator of a link decides.
 *
 * @param scope what the link allows
 * @param step the only step that may be answered with the link; null for every step. Always null if
 *     the scope is {@link LinkScope#WATCH}
 * @param label for people, at most {@value #MAX_LABEL} characters; null if there is none
 * @param showsInput whether the link shows the input of the request
 * @param expiresAt from when on the link is invalid; at the latest after {@link Links#LONGEST}
 */
public record LinkOptions(
        LinkScope scope,
        @Nullable String step,
        @Nullable String label,
        boolean showsInput,
        Instant expiresAt) {

    /** The maximum length of a label, in characters. */
    public static final int MAX_LABEL = 100;

    /** Returns whether the link allows an answer to {@code asked}. */
    public boolean allowsAnswer(String asked) {
        return scope == LinkScope.ANSWER && (step == null || step.equals(asked));
    }
}
