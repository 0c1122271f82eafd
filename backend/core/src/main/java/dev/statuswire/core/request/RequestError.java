package dev.statuswire.core.request;

import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, or why its last try did.
 *
 * @param code for programs, such as {@code email-taken}
 * @param message for people, at most {@value #MAX_MESSAGE} characters
 * @param step the step that failed; null where none did
 * @param retryable whether the same request may succeed later
 */
public record RequestError(String code, String message, @Nullable String step, boolean retryable) {

    /** The longest message that is kept; the rest is cut off. */
    public static final int MAX_MESSAGE = 1000;

    public RequestError {
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    }
}
