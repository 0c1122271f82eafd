package dev.statuswire.core.request;

/**
 * How far a request is.
 *
 * @param percent of the whole request, 0 to 100
 * @param message for a person, at most {@value #MAX_MESSAGE} characters, may be empty
 */
public record Progress(int percent, String message) {

    /** The longest message that is kept; the rest is cut off. */
    public static final int MAX_MESSAGE = 200;

    public Progress {
        percent = Math.clamp(percent, 0, 100);
        message = StoredText.atMost(MAX_MESSAGE, message);
    }

    /**
     * How far a request of {@code steps} steps is when step {@code index} is at {@code percent}.
     */
    public static Progress within(int index, int steps, int percent, String message) {
        return new Progress((index * 100 + Math.clamp(percent, 0, 100)) / steps, message);
    }
}
