package dev.statuswire.core.type;

import dev.statuswire.core.request.RequestError;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown by a step to end its request FAILED: trying again would not help. */
public final class StepFailed extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code for programs, such as {@code email-taken}; cut at {@value RequestError#MAX_CODE}
     *     characters, {@value RequestError#NO_CODE} if null or blank
     * @param message for people; shown to the user as it is, cut at {@value
     *     RequestError#MAX_MESSAGE} characters
     */
    public StepFailed(@Nullable String code, @Nullable String message) {
        super(message);
        this.code = code == null ? RequestError.NO_CODE : code;
    }

    /** For programs. */
    public String code() {
        return code;
    }

    /** For people. */
    public String explanation() {
        return getMessage() == null ? "" : getMessage();
    }
}
