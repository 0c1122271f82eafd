package dev.statuswire.core.request;

import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, or why its last attempt did. Texts that are too long are cut, so that an
 * error can always be stored.
 *
 * @param code for programs, such as {@code email-taken}, at most {@value #MAX_CODE} characters;
 *     {@value #NO_CODE} if null or blank
 * @param message for people, at most {@value #MAX_MESSAGE} characters; empty if null
 * @param step the step that failed; null if none did
 * @param retryable whether the same request may succeed later
 */
public record RequestError(String code, String message, @Nullable String step, boolean retryable) {

    /** The longest code that is kept; the rest is cut off. */
    public static final int MAX_CODE = 100;

    /** The longest message that is kept; the rest is cut off. */
    public static final int MAX_MESSAGE = 1000;

    /** The code of an error that has none. */
    public static final String NO_CODE = "failed";

    public RequestError {
        code = StoredText.atMost(MAX_CODE, code);
        code = code.isBlank() ? NO_CODE : code;
        message = StoredText.atMost(MAX_MESSAGE, message);
    }
}
