package dev.statuswire.local.reload;

import dev.statuswire.sdk.InvalidTypeException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the request types of a folder cannot be loaded. Its message is one line for the author
 * of the types.
 */
final class TypeLoadException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String shown;
    private final boolean mayBeIncomplete;

    private TypeLoadException(
            String message, String shown, @Nullable Throwable cause, boolean mayBeIncomplete) {
        super(message.replaceAll("\\R\\s*", " "), cause);
        this.shown = shown;
        this.mayBeIncomplete = mayBeIncomplete;
    }

    /** Reports a problem that has no exception. */
    static TypeLoadException of(String message) {
        return new TypeLoadException(message, message, null, false);
    }

    /** Reports a type that breaks a rule. */
    static TypeLoadException of(InvalidTypeException invalid) {
        String message = String.valueOf(invalid.getMessage());
        return new TypeLoadException(message, message, invalid, false);
    }

    /**
     * Reports an exception of the author's code, or a class that cannot be loaded.
     *
     * @param where the code that failed, before the exception; empty if the exception says it
     */
    static TypeLoadException of(String where, Throwable thrown) {
        return new TypeLoadException(
                where + withCauses(thrown),
                "its code failed; the log has the reason",
                thrown,
                false);
    }

    /** Reports a jar that cannot be read, possibly because a build is still writing it. */
    static TypeLoadException unreadable(Path jar, IOException cause) {
        String message = jar.getFileName() + " is not a readable jar";
        return new TypeLoadException(message, message, cause, true);
    }

    private static String withCauses(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown.toString() : thrown + ": " + withCauses(cause);
    }

    /** Returns the reason without internals of the code, for clients. */
    String shown() {
        return shown;
    }

    /** Returns whether the jar may be complete soon. */
    boolean mayBeIncomplete() {
        return mayBeIncomplete;
    }
}
