package dev.statuswire.emulator.mapping;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One mapping from a table's stream to a function. Reading starts at the stream's oldest record
 * ({@code TRIM_HORIZON}) where the mapping has no position yet.
 *
 * @param id names the mapping among those of the same stream, as Lambda's UUID does: 1..64 letters,
 *     digits, hyphens
 * @param table whose stream is read; its newest stream, also when the table is made anew
 * @param positionsTable where the mapping keeps how far it got; a {@link PositionsTable}
 * @param filters event patterns, at most 10 of at most 4096 characters; a record that matches none
 *     is skipped and counts as processed; none means every record
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Control
 *     which events Lambda sends</a>
 */
public record MappingSettings(
        String id,
        String table,
        String positionsTable,
        List<String> filters,
        Batching batching,
        Retries retries,
        Polling polling) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int MOST_FILTERS = 10;
    private static final int LONGEST_FILTER = 4096;

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
        Ranges.check("number of filters", filters.size(), 0, MOST_FILTERS);
        filters.forEach(
                filter -> Ranges.check("a filter's length", filter.length(), 1, LONGEST_FILTER));
        RecordFilter.check(filters);
    }

    /** With Lambda's defaults: every record, batches of 100, one lane, retried until trimmed. */
    public static MappingSettings of(String id, String table, String positionsTable) {
        return new MappingSettings(
                id,
                table,
                positionsTable,
                List.of(),
                Batching.DEFAULT,
                Retries.DEFAULT,
                Polling.DEFAULT);
    }

    public MappingSettings withFilters(String... patterns) {
        return new MappingSettings(
                id, table, positionsTable, List.of(patterns), batching, retries, polling);
    }

    public MappingSettings withBatching(Batching changed) {
        return new MappingSettings(id, table, positionsTable, filters, changed, retries, polling);
    }

    public MappingSettings withRetries(Retries changed) {
        return new MappingSettings(id, table, positionsTable, filters, batching, changed, polling);
    }

    public MappingSettings withPolling(Polling changed) {
        return new MappingSettings(id, table, positionsTable, filters, batching, retries, changed);
    }
}
