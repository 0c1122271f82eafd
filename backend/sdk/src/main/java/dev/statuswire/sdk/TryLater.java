package dev.statuswire.sdk;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step to report a transient failure and its reason. The step runs again after a
 * backoff, as its {@link Retry} policy says.
 *
 * <p>Any other exception except {@link StepFailed} is also treated as a transient failure. Its
 * message may contain internal details, so users then see only that the step failed.
 */
public final class TryLater extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    /** The code, for programs. */
    private final String code;

    /**
     * Creates an exception that users see as the error of the last attempt.
     *
     * @param code for programs, such as {@code kitchen-failed}; truncated after 100 characters;
     *     {@code failed} if null or blank
     * @param message for users, who see it unchanged; truncated after 1,000 characters
     */
    public TryLater(@Nullable String code, @Nullable String message) {
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
