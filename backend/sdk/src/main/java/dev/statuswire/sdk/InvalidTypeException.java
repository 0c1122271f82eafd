package dev.statuswire.sdk;

import java.io.Serial;

/** Thrown if the definition of a request type breaks a rule of {@link Definition}. */
public final class InvalidTypeException extends IllegalStateException {

    @Serial private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with a one-line message.
     *
     * @param type the name of the type, which may itself be the problem
     * @param reason what is wrong, for the author of the type; line breaks become spaces
     */
    public InvalidTypeException(String type, String reason) {
        super(("request type " + type + ": " + reason).replaceAll("\\R", " "));
    }
}
