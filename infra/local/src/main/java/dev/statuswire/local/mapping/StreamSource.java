package dev.statuswire.local.mapping;

import dev.statuswire.local.engine.DynamoDbEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** The calls of the streams API that a reader makes. They throw what the SDK throws. */
final class StreamSource {

    /** The most that GetRecords gives. */
    private static final int PAGE = 1000;

    private final DynamoDbEngine engine;
    private final String streamArn;

    StreamSource(DynamoDbEngine engine, String streamArn) {
        this.engine = engine;
        this.streamArn = streamArn;
    }

    /** The newest stream of a table; empty if it has none. */
    static Optional<String> newest(DynamoDbEngine engine, String table) {
        return Optional.ofNullable(
                engine.client()
                        .describeTable(describe -> describe.tableName(table))
                        .table()
                        .latestStreamArn());
    }

    String arn() {
        return streamArn;
    }

    /** All shards that the stream still has. */
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

    /** From the shard's oldest record on. */
    String fromTheStart(String shardId) {
        return engine.streams()
                .getShardIterator(
                        from ->
                                from.streamArn(streamArn)
                                        .shardId(shardId)
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    /** From the record after {@code last} on. */
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
}
