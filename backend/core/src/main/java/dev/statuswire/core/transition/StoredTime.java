package dev.statuswire.core.transition;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Reads times as items have them, {@code 2026-01-01T00:00:00.000Z}, several to each item that is
 * read. What else ISO-8601 allows is read as well, only not as quickly.
 */
final class StoredTime {

    private static final String LAYOUT = "0000-00-00T00:00:00.000Z";

    private StoredTime() {}

    /**
     * @throws java.time.DateTimeException where it is no time
     */
    static Instant read(String text) {
        return isLaidOut(text) ? laidOut(text) : Instant.parse(text);
    }

    private static boolean isLaidOut(String text) {
        if (text.length() != LAYOUT.length()) {
            return false;
        }
        for (int i = 0; i < LAYOUT.length(); i++) {
            char wanted = LAYOUT.charAt(i);
            char found = text.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static Instant laidOut(String text) {
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        (int) TimeUnit.MILLISECONDS.toNanos(number(text, 20, 23)))
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
