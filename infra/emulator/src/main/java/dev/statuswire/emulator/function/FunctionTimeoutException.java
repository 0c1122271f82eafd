package dev.statuswire.emulator.function;

import java.time.Duration;
import java.util.Locale;

/** Thrown if a function did not return within its timeout. */
public final class FunctionTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final double MILLIS = 1000.0;

    FunctionTimeoutException(Duration timeout) {
        super(
                String.format(
                        Locale.ROOT,
                        "Task timed out after %.2f seconds",
                        timeout.toMillis() / MILLIS));
    }
}
