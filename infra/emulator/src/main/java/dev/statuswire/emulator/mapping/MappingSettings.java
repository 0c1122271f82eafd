package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One mapping from a table's stream to a function. Reading starts at the stream's oldest record
 * ({@code TRIM_HORIZON}) if the mapping has no position yet. A failed batch is always halved
 * ({@code BisectBatchOnFunctionError}), and the function's response always says from which record
 * on the batch failed ({@code ReportBatchItemFailures}).
 *
 * @param id names the mapping among those of the same stream, as Lambda's UUID does: 1..64 letters,
 *     digits, hyphens
 * @param table whose stream is read; its newest stream, also when the table is made anew
 * @param positionsTable where the mapping stores its positions; a {@link PositionsTable}
 * @param filters event patterns, at most 10 of at most 4096 characters; a record that matches none
 *     is skipped and counts as processed; none means every record
 * @param batchSize most records in a batch, 1..10000; Lambda's default is 100
 * @param parallelizationFactor batches of one shard at once, 1..10; Lambda's default is 1
 * @param maximumRetryAttempts how often a batch is retried before it is discarded, 0..10000; {@link
 *     #UNLIMITED} is Lambda's default
 * @param maximumRecordAge older records are discarded, 60..604800 s; {@link #UNTIL_TRIMMED} is
 *     Lambda's default
 * @param pollInterval between two reads of an idle stream, 1 ms to 1 minute; Lambda's is 250 ms
 * @param wakeOnWrite also read at once when the engine reports a write; without it the pace is the
 *     interval's
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

    /** For {@link #maximumRetryAttempts}: no limit but the record's age. */
    public static final int UNLIMITED = -1;

    /** For {@link #maximumRecordAge}: as long as the stream keeps a record, which is 24 hours. */
    public static final Duration UNTIL_TRIMMED = Duration.ofSeconds(-1);

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * @throws IllegalArgumentException a value is out of its range, or a filter is not an event
     *     pattern
     */
    public MappingSettings {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a mapping's id is 1..64 of A-Z a-z 0-9 -, not " + id);
        }
        filters = List.copyOf(filters);
        check("number of filters", filters.size(), 0, 10);
        filters.forEach(filter -> check("a filter's length", filter.length(), 1, 4096));
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
                    what + " is " + least + ".." + most + ", not " + value);
        }
    }

    /** With Lambda's defaults: every record, batches of 100, one lane, retried until trimmed. */
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

    /** How old a record may get: never more than the stream keeps it. */
    Duration oldestRecord() {
        return maximumRecordAge.equals(UNTIL_TRIMMED) || maximumRecordAge.compareTo(RETENTION) > 0
                ? RETENTION
                : maximumRecordAge;
    }
}
