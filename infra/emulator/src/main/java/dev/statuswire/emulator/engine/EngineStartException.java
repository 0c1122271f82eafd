package dev.statuswire.emulator.engine;

/**
 * Thrown if the engine cannot start with the given settings. The message is one line that can be
 * shown to a user.
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
