package dev.statuswire.sdk;

import java.io.Serial;

/** Thrown if JSON does not fit the type that it is converted to. */
public final class InvalidInputException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    /** The JSON pointer to the value. */
    private final String pointer;

    InvalidInputException(String pointer, Throwable cause) {
        super("the JSON at \"" + pointer + "\" does not fit", cause);
        this.pointer = pointer;
    }

    /** {@return the JSON pointer to the value that does not fit; empty for the whole JSON} */
    public String pointer() {
        return pointer;
    }
}
