package dev.statuswire.emulator.mapping;

import java.time.Duration;

/**
 * What happens to a batch that failed.
 *
 * @param maximumAttempts how often it is tried again before it is discarded, 0..10000; {@link
 *     #UNLIMITED} is Lambda's default
 * @param maximumAge older records are discarded, 60..604800 s; {@link #UNTIL_TRIMMED} is Lambda's
 *     default
 * @param bisect halve a batch whose invocation failed ({@code BisectBatchOnFunctionError})
 * @param reportItemFailures let the function say from which record on it failed ({@code
 *     ReportBatchItemFailures})
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>
 */
public record Retries(
        int maximumAttempts, Duration maximumAge, boolean bisect, boolean reportItemFailures) {

    /** For {@link #maximumAttempts}: no limit but the record's age. */
    public static final int UNLIMITED = -1;

    /** For {@link #maximumAge}: as long as the stream keeps a record, which is 24 hours. */
    public static final Duration UNTIL_TRIMMED = Duration.ofSeconds(-1);

    public static final Retries DEFAULT = new Retries(UNLIMITED, UNTIL_TRIMMED, false, false);

    private static final int MOST_ATTEMPTS = 10_000;
    private static final int YOUNGEST_SECONDS = 60;
    private static final int OLDEST_SECONDS = 604_800;
    private static final Duration RETENTION = Duration.ofHours(24);

    /**
     * @throws IllegalArgumentException a value is out of its range
     */
    public Retries {
        Ranges.check("maximum retry attempts", maximumAttempts, UNLIMITED, MOST_ATTEMPTS);
        if (!maximumAge.equals(UNTIL_TRIMMED)) {
            Ranges.checkSeconds("maximum record age", maximumAge, YOUNGEST_SECONDS, OLDEST_SECONDS);
        }
    }

    /** How old a record may get: never more than the stream keeps it. */
    Duration oldest() {
        return maximumAge.equals(UNTIL_TRIMMED) || maximumAge.compareTo(RETENTION) > 0
                ? RETENTION
                : maximumAge;
    }

    boolean exhausted(int attempts) {
        return maximumAttempts != UNLIMITED && attempts > maximumAttempts;
    }
}
