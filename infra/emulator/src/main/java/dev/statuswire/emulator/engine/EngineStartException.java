package dev.statuswire.emulator.engine;

/**
 * The engine cannot start as it was asked to. The message says why in one line, fit for a user's
 * eyes.
 */
public final class EngineStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EngineStartException(String message, Throwable cause) {
        super(message, cause);
    }

    EngineStartException(String message) {
        super(message);
    }
}
