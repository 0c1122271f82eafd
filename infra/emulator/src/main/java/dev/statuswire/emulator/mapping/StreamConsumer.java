package dev.statuswire.emulator.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/** Processes the shards of one stream, parents before children. Used by the reader's thread. */
final class StreamConsumer {

    private final ShardLanes.MappingContext plan;
    private final StreamSource source;
    private final ShardPositions positions;
    private final Map<String, ShardConsumer> reading = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private List<Shard> shards = List.of();

    StreamConsumer(ShardLanes.MappingContext plan, StreamSource source, ShardPositions positions) {
        this.plan = plan;
        this.source = source;
        this.positions = positions;
    }

    String arn() {
        return source.arn();
    }

    /** Lists the stream's shards and starts those that may be read. */
    void describe() {
        shards = source.shards();
        Set<String> described = shards.stream().map(Shard::shardId).collect(Collectors.toSet());
        done.retainAll(described);
        reading.values().stream()
                .filter(consumer -> !described.contains(consumer.shardId()))
                .forEach(ShardConsumer::markGone);
        startNext();
    }

    private void startNext() {
        Set<String> started = new HashSet<>(done);
        started.addAll(reading.keySet());
        next(shards, started, done).forEach(this::start);
    }

    /**
     * Returns the shards that may be read: those whose parent is done, or disappeared from the
     * stream before it was started. This keeps the changes of one item in order when a shard is
     * split.
     *
     * @param started the shards that are being read or are done
     * @param done the shards that are done
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Shards</a>:
     *     "an application must always process a parent shard before it processes a child shard"
     */
    static List<Shard> next(Collection<Shard> all, Set<String> started, Set<String> done) {
        Set<String> blocking = all.stream().map(Shard::shardId).collect(Collectors.toSet());
        blocking.addAll(started);
        blocking.removeAll(done);
        return all.stream()
                .filter(shard -> !started.contains(shard.shardId()))
                .filter(shard -> !blocking.contains(String.valueOf(shard.parentShardId())))
                .toList();
    }

    private void start(Shard shard) {
        ShardLanes lanes = new ShardLanes(plan, source.arn(), shard.shardId());
        ShardConsumer consumer = new ShardConsumer(shard.shardId(), source, positions, lanes);
        lanes.start(plan.settings().id());
        reading.put(shard.shardId(), consumer);
    }

    /** Reads a page of each shard. Returns whether to continue reading at once. */
    boolean readOnce() {
        boolean more = false;
        for (ShardConsumer consumer : reading.values()) {
            more |= consumer.readOnce();
        }
        return more;
    }

    /**
     * Removes the shards that are done. Returns whether there were any; {@link #describe} then
     * finds their children.
     */
    boolean retire() {
        List<ShardConsumer> finished =
                reading.values().stream().filter(ShardConsumer::isDone).toList();
        for (ShardConsumer consumer : finished) {
            consumer.savePosition();
            consumer.lanes().lanes().forEach(ShardLane::stop);
            reading.remove(consumer.shardId());
            done.add(consumer.shardId());
        }
        return !finished.isEmpty();
    }

    /**
     * Returns whether a shard is being read. The stream of a new table may not have a shard yet.
     */
    boolean isReading() {
        return !reading.isEmpty();
    }

    /** Returns whether {@link #retire} has a shard to remove. */
    boolean canRetire() {
        return reading.values().stream().anyMatch(ShardConsumer::isDone);
    }

    void savePositions() {
        reading.values().forEach(ShardConsumer::savePosition);
    }

    boolean hasMoved() {
        return reading.values().stream().anyMatch(ShardConsumer::hasMoved);
    }

    /** Returns whether all records that were read are done, and the positions are written. */
    boolean isSettled() {
        return reading.values().stream().allMatch(ShardConsumer::isSettled);
    }

    /** Returns the lanes of the shards that are being read. */
    List<ShardLane> lanes() {
        Stream<ShardLane> lanes =
                new ArrayList<>(reading.values())
                        .stream().flatMap(shard -> shard.lanes().lanes().stream());
        return lanes.toList();
    }
}
