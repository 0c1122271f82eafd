package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The settings of one event source mapping from a table's stream to a function. If the mapping has
 * no position yet, it starts at the stream's oldest record ({@code TRIM_HORIZON}). {@code
 * BisectBatchOnFunctionError} and {@code ReportBatchItemFailures} are always on: a failed batch is
 * always halved, and the function's response can always report failed records.
 *
 * @param id identifies the mapping among those of the same stream, as Lambda's UUID does; 1 to 64
 *     letters, digits and hyphens
 * @param table the table whose newest stream is read, even after the table was deleted and created
 *     again
 * @param positionsTable the table in which the mapping stores its positions; a {@link
 *     PositionsTable}
 * @param filters event patterns, at most 10 of at most 4096 characters; a record that matches none
 *     is skipped and counts as processed; empty to deliver every record
 * @param batchSize the maximum number of records in a batch, 1 to 10,000; Lambda's default is 100
 * @param parallelizationFactor the number of concurrent batches of one shard, 1 to 10; Lambda's
 *     default is 1
 * @param maximumRetryAttempts how often a batch is retried before it is discarded, 0 to 10,000;
 *     {@link #UNLIMITED} is Lambda's default
 * @param maximumRecordAge the age above which a record is discarded, 60 to 604,800 s; {@link
 *     #UNTIL_TRIMMED} is Lambda's default
 * @param pollInterval the interval between two reads of an idle stream, 1 ms to 1 minute; Lambda's
 *     is 250 ms
 * @param wakeOnWrite whether the mapping also reads at once when the engine reports a write;
 *     otherwise it only polls
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Lambda
 *     parameters for DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">CreateEventSourceMapping</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Control
 *     which events Lambda sends</a>
 */
public record MappingSettings(
        String id,
        String table,
        String positionsTable,
        List<String> filters,
        int batchSize,
        int parallelizationFactor,
        int maximumRetryAttempts,
        Duration maximumRecordAge,
        Duration pollInterval,
        boolean wakeOnWrite) {

    /** For {@link #maximumRetryAttempts}: no limit except the record's age. */
    public static final int UNLIMITED = -1;

    /** For {@link #maximumRecordAge}: as long as the stream keeps a record, which is 24 hours. */
    public static final Duration UNTIL_TRIMMED = Duration.ofSeconds(-1);

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * @throws IllegalArgumentException if a value is out of range, or a filter is not an event
     *     pattern
     */
    public MappingSettings {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a mapping id has 1 to 64 characters of A-Z a-z 0-9 -, not " + id);
        }
        filters = List.copyOf(filters);
        check("number of filters", filters.size(), 0, 10);
        filters.forEach(filter -> check("filter length", filter.length(), 1, 4096));
        RecordFilter.check(filters);
        check("batch size", batchSize, 1, 10_000);
        check("parallelization factor", parallelizationFactor, 1, 10);
        check("maximum retry attempts", maximumRetryAttempts, UNLIMITED, 10_000);
        if (!maximumRecordAge.equals(UNTIL_TRIMMED)) {
            check("maximum record age in seconds", maximumRecordAge.toSeconds(), 60, 604_800);
        }
        check("poll interval in milliseconds", pollInterval.toMillis(), 1, 60_000);
    }

    private static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be " + least + " to " + most + ", not " + value);
        }
    }

    /**
     * Returns settings with Lambda's defaults: every record, batches of 100, one lane, retries
     * until the record is trimmed.
     */
    public static MappingSettings of(String id, String table, String positionsTable) {
        return new MappingSettings(
                id,
                table,
                positionsTable,
                List.of(),
                100,
                1,
                UNLIMITED,
                UNTIL_TRIMMED,
                Duration.ofMillis(250),
                true);
    }

    public MappingSettings withFilters(String... patterns) {
        return new MappingSettings(
                id,
                table,
                positionsTable,
                List.of(patterns),
                batchSize,
                parallelizationFactor,
                maximumRetryAttempts,
                maximumRecordAge,
                pollInterval,
                wakeOnWrite);
    }

    public MappingSettings withBatches(int size, int factor) {
        return new MappingSettings(
                id,
                table,
                positionsTable,
                filters,
                size,
                factor,
                maximumRetryAttempts,
                maximumRecordAge,
                pollInterval,
                wakeOnWrite);
    }

    public MappingSettings withRetries(int attempts, Duration age) {
        return new MappingSettings(
                id,
                table,
                positionsTable,
                filters,
                batchSize,
                parallelizationFactor,
                attempts,
                age,
                pollInterval,
                wakeOnWrite);
    }

    public MappingSettings withPolling(Duration interval, boolean wake) {
        return new MappingSettings(
                id,
                table,
                positionsTable,
                filters,
                batchSize,
                parallelizationFactor,
                maximumRetryAttempts,
                maximumRecordAge,
                interval,
                wake);
    }

    /** Returns the maximum age of a record, limited to the time for which the stream keeps it. */
    Duration effectiveMaximumAge() {
        return maximumRecordAge.equals(UNTIL_TRIMMED) || maximumRecordAge.compareTo(RETENTION) > 0
                ? RETENTION
                : maximumRecordAge;
    }
}
