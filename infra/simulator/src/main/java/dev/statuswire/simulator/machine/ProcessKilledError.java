package dev.statuswire.simulator.machine;

/**
 * What every call of a killed process ends with, so that its threads come to nothing. An error, not
 * an exception: no code is to go on after it.
 */
public final class ProcessKilledError extends Error {

    private static final long serialVersionUID = 1L;

    ProcessKilledError(String name) {
        super(name + " was killed", null, false, false);
    }
}
