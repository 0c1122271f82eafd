package dev.statuswire.core.type;

import dev.statuswire.core.request.RequestError;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step that failed in a way that may pass, to say why. What else a step throws is taken
 * as passing too, but its message may tell of the inside, so its user only learns that it failed.
 */
public final class TryLater extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code for programs, such as {@code kitchen-failed}; cut at {@value
     *     RequestError#MAX_CODE} characters, {@value RequestError#NO_CODE} if null or blank
     * @param message for people; shown to the user as it is, cut at {@value
     *     RequestError#MAX_MESSAGE} characters
     */
    public TryLater(@Nullable String code, @Nullable String message) {
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
