package dev.statuswire.emulator.loopback;

/** A port cannot be opened. The message says which and why in one line, fit for a user's eyes. */
public final class PortException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PortException(String message, Throwable cause) {
        super(message, cause);
    }
}
