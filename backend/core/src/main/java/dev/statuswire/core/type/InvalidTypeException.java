package dev.statuswire.core.type;

/** Thrown at startup if a request type breaks a rule of {@link RequestType} or {@link Step}. */
public final class InvalidTypeException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

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
