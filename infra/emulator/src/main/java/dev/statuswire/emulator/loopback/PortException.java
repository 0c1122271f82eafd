package dev.statuswire.emulator.loopback;

/**
 * Thrown if a port cannot be opened. The message names the port and the reason in one line that can
 * be shown to a user.
 */
public final class PortException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PortException(String message, Throwable cause) {
        super(message, cause);
    }
}
