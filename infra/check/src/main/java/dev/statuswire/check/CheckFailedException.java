package dev.statuswire.check;

/** Thrown if a check failed. The message is one line with the expected and the actual result. */
final class CheckFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckFailedException(String message) {
        super(message);
    }
}
