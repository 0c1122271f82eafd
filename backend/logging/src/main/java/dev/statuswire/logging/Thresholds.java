package dev.statuswire.logging;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * From which level on a logger logs: libraries beneath the handlers from WARN, everything else from
 * {@code level}.
 */
record Thresholds(Level level) {

    private static final Level STANDARD = Level.INFO;

    /**
     * From {@code STATUSWIRE_LOG_LEVEL}, else from what Lambda was told of the function; INFO where
     * neither names a level. A function shall not fail for the sake of its log.
     */
    static Thresholds from(Map<String, String> environment) {
        return new Thresholds(
                Stream.of("STATUSWIRE_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL")
                        .map(environment::get)
                        .flatMap(Thresholds::level)
                        .findFirst()
                        .orElse(STANDARD));
    }

    private static Stream<Level> level(@Nullable String name) {
        if (name == null) {
            return Stream.empty();
        }
        String upper = name.strip().toUpperCase(Locale.ROOT).replace("FATAL", "ERROR");
        return Stream.of(Level.values()).filter(level -> level.name().equals(upper));
    }

    Level of(String logger) {
        return isLibrary(logger) && level.toInt() < Level.WARN.toInt() ? Level.WARN : level;
    }

    private static boolean isLibrary(String logger) {
        return logger.startsWith("software.amazon.") || logger.startsWith("org.apache.");
    }
}
