package dev.statuswire.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calculates how long to wait before a call is repeated. */
final class RetryTimes {

    /** The longest {@code Retry-After} that the client follows in the background. */
    private static final long LONGEST_RETRY_AFTER = 60_000;

    private static final int FIRST_YEAR = 1970;
    private static final int MAX_DIGITS = 9;
    private static final int MAX_DOUBLINGS = 20;

    /** The three formats of a date in HTTP, RFC 9110 section 5.6.7; all of them are in UTC. */
    private static final List<DateTimeFormatter> DATES =
            List.of(
                    DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
                    new DateTimeFormatterBuilder()
                            .appendPattern("EEEE, dd-MMM-")
                            .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
                            .appendPattern(" HH:mm:ss 'GMT'")
                            .toFormatter(Locale.ENGLISH),
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));

    private RetryTimes() {}

    /**
     * Returns the milliseconds to wait before try number {@code failures + 1}: a random time up to
     * an exponential bound, so that clients that lost the same server do not all return at once.
     *
     * @param random at least 0, less than 1
     */
    static long fullJitter(int failures, long base, long cap, double random) {
        long bound = Math.min(cap, base << Math.min(failures, MAX_DOUBLINGS));
        return (long) (random * bound);
    }

    /** Returns the capped {@code Retry-After} of a failed call, in milliseconds; 0 if none. */
    static long cappedRetryAfter(Throwable error) {
        return error instanceof ProblemResponseException problem
                ? problem.retryAfter()
                        .map(after -> Math.min(after.toMillis(), LONGEST_RETRY_AFTER))
                        .orElse(0L)
                : 0;
    }

    /**
     * Reads a {@code Retry-After}, which is a number of seconds or a date (RFC 9110 section
     * 10.2.3).
     *
     * @return null if it is neither
     */
    static @Nullable Duration retryAfter(String header, Instant now) {
        String text = header.strip();
        if (text.matches("\\d+")) {
            String seconds = text.length() > MAX_DIGITS ? text.substring(0, MAX_DIGITS) : text;
            return Duration.ofSeconds(Long.parseLong(seconds));
        }
        return DATES.stream()
                .flatMap(format -> Stream.ofNullable(date(text, format)))
                .findFirst()
                .map(date -> date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO)
                .orElse(null);
    }

    private static @Nullable Instant date(String text, DateTimeFormatter format) {
        try {
            return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException anotherFormat) {
            return null;
        }
    }
}
