package dev.statuswire.check;

/** The operator has to provide something before anything can be checked. The message names it. */
final class MissingSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingSettingException(String message) {
        super(message);
    }
}
