package dev.statuswire.emulator.mapping;

import dev.statuswire.emulator.engine.DynamoDbEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** Calls the streams API for a reader. The methods throw the SDK's exceptions. */
final class StreamSource {

    /** The maximum number of records that GetRecords returns. */
    private static final int PAGE = 1000;

    /**
     * GetRecords returns at most 1 MB. A page of half that size may be full, if the next record is
     * large.
     */
    private static final long FULL_BYTES = 512L * 1024;

    private final DynamoDbEngine engine;
    private final String streamArn;

    StreamSource(DynamoDbEngine engine, String streamArn) {
        this.engine = engine;
        this.streamArn = streamArn;
    }

    /**
     * Returns the ARN of a table's newest stream; empty if the table has none. DescribeTable also
     * returns it, but DynamoDB Local counts and measures all items for that, and blocks other calls
     * meanwhile.
     */
    static Optional<String> newest(DynamoDbEngine engine, String table) {
        return streams(engine, table).stream()
                .max(Comparator.comparing(Stream::streamLabel))
                .map(Stream::streamArn);
    }

    private static List<Stream> streams(DynamoDbEngine engine, String table) {
        List<Stream> streams = new ArrayList<>();
        String last = null;
        do {
            ListStreamsResponse page = list(engine, table, last);
            streams.addAll(page.streams());
            last = page.lastEvaluatedStreamArn();
        } while (last != null);
        return streams;
    }

    private static ListStreamsResponse list(
            DynamoDbEngine engine, String table, @Nullable String after) {
        return engine.streams()
                .listStreams(list -> list.tableName(table).exclusiveStartStreamArn(after));
    }

    String arn() {
        return streamArn;
    }

    /** Returns all shards that the stream still has. */
    List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String last = null;
        do {
            StreamDescription page = describe(last);
            shards.addAll(page.shards());
            last = page.lastEvaluatedShardId();
        } while (last != null);
        return shards;
    }

    private StreamDescription describe(@Nullable String after) {
        return engine.streams()
                .describeStream(
                        describe -> describe.streamArn(streamArn).exclusiveStartShardId(after))
                .streamDescription();
    }

    /** Returns an iterator that starts at the shard's oldest record. */
    String fromOldest(String shardId) {
        return engine.streams()
                .getShardIterator(
                        from ->
                                from.streamArn(streamArn)
                                        .shardId(shardId)
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    /** Returns an iterator that starts after the record {@code last}. */
    String after(String shardId, SequenceNumber last) {
        return engine.streams()
                .getShardIterator(
                        from ->
                                from.streamArn(streamArn)
                                        .shardId(shardId)
                                        .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                        .sequenceNumber(last.text()))
                .shardIterator();
    }

    GetRecordsResponse read(String iterator) {
        return engine.streams().getRecords(get -> get.shardIterator(iterator).limit(PAGE));
    }

    /**
     * Returns whether more records may follow a page. A page that is not full is usually the last;
     * otherwise the next poll reads the rest.
     */
    static boolean isFull(GetRecordsResponse page) {
        return page.records().size() >= PAGE || bytes(page) >= FULL_BYTES;
    }

    private static long bytes(GetRecordsResponse page) {
        return page.records().stream()
                .map(record -> record.dynamodb().sizeBytes())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
