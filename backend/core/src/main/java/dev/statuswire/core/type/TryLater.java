package dev.statuswire.core.type;

import dev.statuswire.core.request.RequestError;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step to report a transient failure and its reason. The step runs again after a
 * backoff, until the request has failed {@link RequestType#maxFailures()} times.
 *
 * <p>Any other exception except {@link StepFailed} is also treated as a transient failure. Its
 * message may contain internal details, so users then see only that the step failed.
 */
public final class TryLater extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates an exception that users see as the error of the last attempt.
     *
     * @param code for programs, such as {@code kitchen-failed}; truncated after {@value
     *     RequestError#MAX_CODE} characters; {@value RequestError#NO_CODE} if null or blank
     * @param message for users, who see it unchanged; truncated after {@value
     *     RequestError#MAX_MESSAGE} characters
     */
    public TryLater(@Nullable String code, @Nullable String message) {
        super(message);
        this.code = code == null ? RequestError.NO_CODE : code;
    }

    /** Returns the code, for programs. */
    public String code() {
        return code;
    }

    /** Returns the message, for users; empty if there is none. */
    public String explanation() {
        return getMessage() == null ? "" : getMessage();
    }
}
