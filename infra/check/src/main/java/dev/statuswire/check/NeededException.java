package dev.statuswire.check;

/** The operator has to provide something before anything can be checked. The message names it. */
final class NeededException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NeededException(String message) {
        super(message);
    }
}
