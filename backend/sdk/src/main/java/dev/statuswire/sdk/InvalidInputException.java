package dev.statuswire.sdk;

import java.io.Serial;

/** Thrown if JSON does not fit the type that it is converted to. */
public final class InvalidInputException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final String pointer;

    InvalidInputException(String pointer, Throwable cause) {
        super("the JSON at \"" + pointer + "\" does not fit", cause);
        this.pointer = pointer;
    }

    /** Returns the JSON pointer to the value that does not fit; empty for the whole JSON. */
    public String pointer() {
        return pointer;
    }
}
