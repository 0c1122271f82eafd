package dev.statuswire.check;

/** A check makes no sense here. The message says why. */
final class CheckSkippedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckSkippedException(String message) {
        super(message);
    }
}
