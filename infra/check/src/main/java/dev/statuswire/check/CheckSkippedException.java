package dev.statuswire.check;

/** Thrown if a check does not apply. The message gives the reason. */
final class CheckSkippedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckSkippedException(String message) {
        super(message);
    }
}
