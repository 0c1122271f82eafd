package dev.statuswire.check;

/**
 * Thrown if the operator has to provide something before the check can run. The message names it.
 */
final class MissingSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingSettingException(String message) {
        super(message);
    }
}
