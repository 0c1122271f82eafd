package dev.statuswire.core.request;

import org.jspecify.annotations.Nullable;

/**
 * What a waiting request waits for. It ends when the request is due, or when it is answered.
 *
 * @param step the name of the step that waits
 * @param isForAnswer whether an answer ends the wait; otherwise only the time does
 * @param prompt what to answer, for users; null if the wait is not for an answer
 * @param defaultAnswer the output of the step if no answer arrives in time, as JSON text; null if
 *     the request then fails, or if the wait is not for an answer
 */
public record Wait(
        String step, boolean isForAnswer, @Nullable String prompt, @Nullable String defaultAnswer) {

    /** The maximum length of a prompt in characters. A longer one is truncated. */
    public static final int MAX_PROMPT = 1_000;

    public Wait {
        prompt = prompt == null ? null : TextTruncation.atMost(MAX_PROMPT, prompt);
    }
}
