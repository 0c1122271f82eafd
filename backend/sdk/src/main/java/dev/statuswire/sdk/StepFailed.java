package dev.statuswire.sdk;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown by a step to end its request as FAILED, because running the step again would not help. */
public final class StepFailed extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    /** The code, for programs. */
    private final String code;

    /**
     * Creates an exception that users see as the request's error.
     *
     * @param code for programs, such as {@code email-taken}; truncated after 100 characters; {@code
     *     failed} if null or blank
     * @param message for users, who see it unchanged; truncated after 1,000 characters
     */
    public StepFailed(@Nullable String code, @Nullable String message) {
        super(message);
        this.code = ErrorCodes.orDefault(code);
    }

    /** {@return the code, for programs} */
    public String code() {
        return code;
    }

    /** {@return the message, for users; empty if there is none} */
    public String explanation() {
        return getMessage() == null ? "" : getMessage();
    }
}
