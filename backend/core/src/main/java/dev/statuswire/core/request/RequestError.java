package dev.statuswire.core.request;

import org.jspecify.annotations.Nullable;

/**
 * Why a request, or its last attempt, failed. Texts that are too long are truncated, so that an
 * error can always be stored.
 *
 * @param code for programs, such as {@code email-taken}, at most {@value #MAX_CODE} characters;
 *     {@value #NO_CODE} if null or blank
 * @param message for users, at most {@value #MAX_MESSAGE} characters; empty if null
 * @param step the step that failed; null if the failure is not that of a step
 * @param retryable whether the same request may succeed later
 */
public record RequestError(String code, String message, @Nullable String step, boolean retryable) {

    /** The maximum length of a code in characters. Longer codes are truncated. */
    public static final int MAX_CODE = 100;

    /** The maximum length of a message in characters. Longer messages are truncated. */
    public static final int MAX_MESSAGE = 1000;

    /** The code of an error without a code of its own. */
    public static final String NO_CODE = "failed";

    public RequestError {
        code = TextTruncation.atMost(MAX_CODE, code);
        code = code.isBlank() ? NO_CODE : code;
        message = TextTruncation.atMost(MAX_MESSAGE, message);
    }
}
