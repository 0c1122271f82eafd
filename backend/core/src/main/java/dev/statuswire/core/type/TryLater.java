package dev.statuswire.core.type;

import java.io.Serial;

/**
 * Thrown by a step that failed in a way that may pass, to say why. What else a step throws is taken
 * as passing too, but its message may tell of the inside, so its user only learns that it failed.
 */
public final class TryLater extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code for programs, such as {@code kitchen-failed}
     * @param message for people; shown to the user as it is
     */
    public TryLater(String code, String message) {
        super(message);
        this.code = code;
    }

    /** For programs. */
    public String code() {
        return code;
    }

    /** For people. */
    public String explanation() {
        return String.valueOf(getMessage());
    }
}
