package dev.statuswire.emulator.mapping;

import dev.statuswire.emulator.engine.DynamoDbEngine;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The JSON events that a mapping creates from a table's stream. */
public final class StreamEvents {

    private StreamEvents() {}

    /** Returns the records in the first shard of the stream of {@code table}, oldest first. */
    public static List<Record> records(DynamoDbEngine engine, String table) {
        StreamSource stream = source(engine, table);
        String shard = stream.shards().getFirst().shardId();
        return stream.read(stream.fromOldest(shard)).records();
    }

    /** Returns an event with {@code records} of the stream of {@code table}. */
    public static String json(DynamoDbEngine engine, String table, List<Record> records) {
        String arn = source(engine, table).arn();
        return records.stream()
                .map(record -> RecordJson.of(record, arn).toString())
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    private static StreamSource source(DynamoDbEngine engine, String table) {
        return new StreamSource(engine, StreamSource.newest(engine, table).orElseThrow());
    }
}
