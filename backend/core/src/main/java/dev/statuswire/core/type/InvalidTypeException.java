package dev.statuswire.core.type;

/** Thrown at the start for a request type that breaks a rule of {@link RequestType}. */
public final class InvalidTypeException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param type the name of the type, which may be what is wrong
     * @param reason what is wrong, for the author of the type; a line break in it becomes a space
     */
    public InvalidTypeException(String type, String reason) {
        super(("the request type " + type + ": " + reason).replaceAll("\\R", " "));
    }
}
