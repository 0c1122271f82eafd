package dev.statuswire.check;

/** Something else was seen than expected. The message is one line that says both. */
final class CheckFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckFailedException(String message) {
        super(message);
    }
}
