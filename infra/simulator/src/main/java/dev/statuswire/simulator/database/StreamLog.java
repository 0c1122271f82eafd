package dev.statuswire.simulator.database;

import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.machine.Scheduler;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The table's stream: shards, each the child of the one before it. Sequence numbers differ in
 * length, so that they are in order only as integers.
 */
public final class StreamLog {

    private static final Duration LATEST = Duration.ofSeconds(20);

    private final Scheduler scheduler;
    private final RandomChoices choices;
    private final List<ShardLog> shards = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private BigInteger number;
    private Instant visibleAt = Instant.MIN;

    public StreamLog(Scheduler scheduler, RandomChoices choices) {
        this.scheduler = scheduler;
        this.choices = choices;
        this.number = BigInteger.valueOf(choices.between(80, 99));
        shards.add(new ShardLog("shard-0", null));
    }

    /** A shard: its records, oldest first, and whether it is closed. */
    static final class ShardLog {
        final String id;
        final @org.jspecify.annotations.Nullable String parent;
        final List<LoggedRecord> entries = new ArrayList<>();
        boolean closed;

        ShardLog(String id, @org.jspecify.annotations.Nullable String parent) {
            this.id = id;
            this.parent = parent;
        }
    }

    /** A record, and the time from which it can be read. */
    record LoggedRecord(BigInteger number, Record record, Instant visibleAt) {}

    List<ShardLog> shards() {
        return shards;
    }

    /** Calls {@code listener} whenever a record becomes readable. */
    void onRecord(Runnable listener) {
        listeners.add(listener);
    }

    /** Returns the sequence number of the newest record; empty if there is none. */
    public String lastNumber() {
        return shards.reversed().stream()
                .filter(shard -> !shard.entries.isEmpty())
                .map(shard -> shard.entries.getLast().number().toString())
                .findFirst()
                .orElse("");
    }

    void append(
            Map<String, AttributeValue> key,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after) {
        number = number.add(BigInteger.valueOf(choices.between(1, 9)));
        shards.getLast()
                .entries
                .add(new LoggedRecord(number, record(key, before, after), nextVisible()));
        if (choices.happens(SimulatedFault.SHARD_CLOSED)) {
            ShardLog last = shards.getLast();
            last.closed = true;
            shards.add(new ShardLog("shard-" + shards.size(), last.id));
        }
    }

    /** Returns when the next record becomes visible, which is not before those ahead of it. */
    private Instant nextVisible() {
        Instant now = scheduler.now();
        boolean late = choices.happens(SimulatedFault.RECORD_LATE);
        Instant at = late ? now.plus(choices.upTo(LATEST)) : now;
        visibleAt = at.isAfter(visibleAt) ? at : visibleAt;
        if (visibleAt.isAfter(now)) {
            scheduler.startAfter(Duration.between(now, visibleAt), "record", this::tell);
        } else {
            scheduler.start("record", this::tell);
        }
        return visibleAt;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    private Record record(
            Map<String, AttributeValue> key,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after) {
        OperationType what =
                before.isEmpty()
                        ? OperationType.INSERT
                        : after.isEmpty() ? OperationType.REMOVE : OperationType.MODIFY;
        StreamRecord.Builder change =
                StreamRecord.builder()
                        .approximateCreationDateTime(scheduler.now())
                        .keys(key)
                        .sequenceNumber(number.toString())
                        .sizeBytes(1L)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
        if (!before.isEmpty()) {
            change.oldImage(before);
        }
        if (!after.isEmpty()) {
            change.newImage(after);
        }
        return Record.builder()
                .eventID("event-" + number)
                .eventName(what)
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion("local")
                .dynamodb(change.build())
                .build();
    }
}
