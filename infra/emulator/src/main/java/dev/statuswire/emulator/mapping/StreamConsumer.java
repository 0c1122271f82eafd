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

/**
 * One stream on its way through: its shards, parents before children. Used by the reader's thread.
 */
final class StreamConsumer {

    private final ShardLanes.Plan plan;
    private final StreamSource source;
    private final ShardPositions positions;
    private final Map<String, ShardConsumer> reading = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private List<Shard> shards = List.of();

    StreamConsumer(ShardLanes.Plan plan, StreamSource source, ShardPositions positions) {
        this.plan = plan;
        this.source = source;
        this.positions = positions;
    }

    String arn() {
        return source.arn();
    }

    /** Looks which shards there are, and begins what may be read. */
    void describe() {
        shards = source.shards();
        Set<String> described = shards.stream().map(Shard::shardId).collect(Collectors.toSet());
        done.retainAll(described);
        reading.values().stream()
                .filter(consumer -> !described.contains(consumer.shardId()))
                .forEach(ShardConsumer::gone);
        beginNext();
    }

    private void beginNext() {
        Set<String> begun = new HashSet<>(done);
        begun.addAll(reading.keySet());
        next(shards, begun, done).forEach(this::begin);
    }

    /**
     * Which shards may be read: those whose parent is done, or was gone from the stream before it
     * was begun. So changes of one item come in order when a shard is split.
     *
     * @param begun shards that are read or done
     * @param done the ones of them that are done
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Shards</a>:
     *     "an application must always process a parent shard before it processes a child shard"
     */
    static List<Shard> next(Collection<Shard> all, Set<String> begun, Set<String> done) {
        Set<String> heldUpBy = all.stream().map(Shard::shardId).collect(Collectors.toSet());
        heldUpBy.addAll(begun);
        heldUpBy.removeAll(done);
        return all.stream()
                .filter(shard -> !begun.contains(shard.shardId()))
                .filter(shard -> !heldUpBy.contains(String.valueOf(shard.parentShardId())))
                .toList();
    }

    private void begin(Shard shard) {
        ShardLanes lanes = new ShardLanes(plan, source.arn(), shard.shardId());
        ShardConsumer consumer = new ShardConsumer(shard.shardId(), source, positions, lanes);
        lanes.start(plan.settings().id());
        reading.put(shard.shardId(), consumer);
    }

    /** Reads a page of each shard. Says whether to go on at once. */
    boolean readOnce() {
        boolean more = false;
        for (ShardConsumer consumer : reading.values()) {
            more |= consumer.readOnce();
        }
        return more;
    }

    /**
     * Takes shards out that are done. If there were any, {@link #describe} finds their children.
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

    /** Whether a shard is being read; a table made a moment ago has a stream without one. */
    boolean isReading() {
        return !reading.isEmpty();
    }

    /** Whether {@link #retire} has a shard to take out. */
    boolean canRetire() {
        return reading.values().stream().anyMatch(ShardConsumer::isDone);
    }

    void savePositions() {
        reading.values().forEach(ShardConsumer::savePosition);
    }

    boolean hasMoved() {
        return reading.values().stream().anyMatch(ShardConsumer::hasMoved);
    }

    /** Whether everything read is worked on, and its position saved. */
    boolean isSettled() {
        return reading.values().stream().allMatch(ShardConsumer::isSettled);
    }

    /** The lanes of the shards being read. */
    List<ShardLane> lanes() {
        Stream<ShardLane> lanes =
                new ArrayList<>(reading.values())
                        .stream().flatMap(shard -> shard.lanes().lanes().stream());
        return lanes.toList();
    }
}
