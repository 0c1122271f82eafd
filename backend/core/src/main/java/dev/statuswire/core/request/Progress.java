package dev.statuswire.core.request;

/**
 * The progress of a request.
 *
 * @param percent of the whole request, 0 to 100
 * @param message for users, at most {@value #MAX_MESSAGE} characters; may be empty
 */
public record Progress(int percent, String message) {

    /** The maximum length of a message in characters. Longer messages are truncated. */
    public static final int MAX_MESSAGE = 200;

    public Progress {
        percent = clamped(percent);
        message = TextTruncation.atMost(MAX_MESSAGE, message);
    }

    /**
     * Returns the progress of a request with {@code steps} steps while the step at {@code index} is
     * at {@code percent}.
     */
    public static Progress within(int index, int steps, int percent, String message) {
        return new Progress((index * 100 + clamped(percent)) / steps, message);
    }

    private static int clamped(int percent) {
        return Math.max(0, Math.min(percent, 100));
    }
}
