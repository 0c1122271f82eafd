package dev.statuswire.core.type;

import java.io.Serial;

/** Thrown by a step to end its request FAILED: trying again would not help. */
public final class StepFailed extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code for programs, such as {@code email-taken}
     * @param message for people; shown to the user as it is
     */
    public StepFailed(String code, String message) {
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
