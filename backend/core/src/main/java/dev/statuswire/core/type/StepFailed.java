package dev.statuswire.core.type;

import dev.statuswire.core.request.RequestError;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown by a step to end its request as FAILED, because running the step again would not help. */
public final class StepFailed extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates an exception that users see as the request's error.
     *
     * @param code for programs, such as {@code email-taken}; truncated after {@value
     *     RequestError#MAX_CODE} characters; {@value RequestError#NO_CODE} if null or blank
     * @param message for users, who see it unchanged; truncated after {@value
     *     RequestError#MAX_MESSAGE} characters
     */
    public StepFailed(@Nullable String code, @Nullable String message) {
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
