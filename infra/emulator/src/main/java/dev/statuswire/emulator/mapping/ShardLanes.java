package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The lanes of one shard. Distributes the shard's records to them. */
final class ShardLanes {

    private static final int SPREAD = 0x9E3779B9;
    private static final int HIGH_BITS = 16;

    private final String streamArn;
    private final RecordFilter filter;
    private final EmulatorTime time;
    private final ShardProgress progress = new ShardProgress();
    private final List<ShardLane> lanes;

    ShardLanes(MappingContext plan, String streamArn, String shardId) {
        this.streamArn = streamArn;
        filter = plan.filter();
        time = plan.time();
        MappingSettings settings = plan.settings();
        FailureDestinationNotifier discarded =
                new FailureDestinationNotifier(
                        plan.function().function().arn(), streamArn, shardId, plan.onFailure());
        BatchInvoker invoker =
                new BatchInvoker(
                        plan.function(),
                        settings.maximumRetryAttempts(),
                        progress,
                        discarded,
                        time);
        lanes =
                IntStream.range(0, settings.parallelizationFactor())
                        .mapToObj(i -> new ShardLane(queue(settings), invoker, time))
                        .toList();
    }

    /** The settings and dependencies that all shards of a mapping share. */
    record MappingContext(
            MappingSettings settings,
            FunctionRuntime<DynamodbEvent, ?> function,
            RecordFilter filter,
            FailureDestination onFailure,
            EmulatorTime time) {

        InstantSource steady() {
            return time.steady();
        }
    }

    private static LaneQueue queue(MappingSettings settings) {
        return new LaneQueue(settings.batchSize(), settings.effectiveMaximumAge());
    }

    void start(String name) {
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).start(name + "-" + i);
        }
    }

    ShardProgress progress() {
        return progress;
    }

    List<ShardLane> lanes() {
        return lanes;
    }

    /**
     * Filters a page and adds each record to its item's lane. A lane gets all its records of the
     * page at once, so that they can form one batch.
     */
    void accept(List<Record> page) {
        List<List<BatchRecord>> shares =
                lanes.stream().<List<BatchRecord>>map(lane -> new ArrayList<>()).toList();
        for (Record record : page) {
            accept(record, shares.get(ShardLanes.laneOf(record.dynamodb().keys(), lanes.size())));
        }
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).add(shares.get(i));
        }
    }

    private void accept(Record record, List<BatchRecord> share) {
        SequenceNumber number = SequenceNumber.of(record.dynamodb().sequenceNumber());
        ObjectNode json = RecordJson.of(record, streamArn);
        if (filter.matches(json)) {
            BatchRecord accepted = accepted(record, number, RecordJson.bytes(json));
            progress.read(number, accepted.bytes());
            share.add(accepted);
        } else {
            progress.skipped(number);
        }
    }

    private BatchRecord accepted(Record record, SequenceNumber number, int bytes) {
        return BatchRecord.read(
                number,
                LambdaRecords.from(record, streamArn),
                bytes,
                record.dynamodb().approximateCreationDateTime(),
                time.clock().instant(),
                time.steady().instant());
    }

    /**
     * Returns the lane of a record, from 0 to {@code lanes - 1}. All records of one item have the
     * same lane.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Simultaneous
     *     readers and concurrent batches</a>: "Lambda still ensures in-order processing at the item
     *     (partition and sort key) level"
     */
    static int laneOf(Map<String, AttributeValue> keys, int lanes) {
        int hash = keys.hashCode() * SPREAD;
        return Math.floorMod(hash ^ (hash >>> HIGH_BITS), lanes);
    }
}
