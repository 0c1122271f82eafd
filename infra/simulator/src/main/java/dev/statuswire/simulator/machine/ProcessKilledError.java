package dev.statuswire.simulator.machine;

/**
 * Thrown by every call of a killed process, so that its threads end. An error, not an exception,
 * because no code should continue after it.
 */
public final class ProcessKilledError extends Error {

    private static final long serialVersionUID = 1L;

    ProcessKilledError(String name) {
        super(name + " was killed", null, false, false);
    }
}
