package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.function.LocalFunction;
import dev.statuswire.emulator.time.EmulatorTime;
import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * An engine with a table {@code things} that has a stream, a table of positions, and mappings that
 * end with it.
 */
final class Streamed {

    /** A fallback so slow that within a test only waking can bring a record. */
    static final Duration SELDOM = Duration.ofMinutes(1);

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
    private final List<EventSourceMapping> mappings = new ArrayList<>();
    private final BlockingQueue<String> discarded = new LinkedBlockingQueue<>();

    Streamed() {
        createThings();
        engine.client().createTable(PositionsTable.definition("positions"));
    }

    void createThings() {
        engine.client()
                .createTable(
                        create ->
                                create.tableName("things")
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .keySchema(
                                                KeySchemaElement.builder()
                                                        .attributeName("id")
                                                        .keyType(KeyType.HASH)
                                                        .build())
                                        .attributeDefinitions(
                                                AttributeDefinition.builder()
                                                        .attributeName("id")
                                                        .attributeType(ScalarAttributeType.S)
                                                        .build())
                                        .streamSpecification(
                                                StreamSpecification.builder()
                                                        .streamEnabled(true)
                                                        .streamViewType(
                                                                StreamViewType.NEW_AND_OLD_IMAGES)
                                                        .build()));
    }

    EmbeddedDynamoDb engine() {
        return engine;
    }

    void put(String id, int value) {
        engine.client()
                .putItem(
                        put ->
                                put.tableName("things")
                                        .item(
                                                Map.of(
                                                        "id",
                                                        AttributeValue.fromS(id),
                                                        "value",
                                                        AttributeValue.fromN(
                                                                String.valueOf(value)))));
    }

    void remove(String id) {
        engine.client()
                .deleteItem(
                        delete ->
                                delete.tableName("things")
                                        .key(Map.of("id", AttributeValue.fromS(id))));
    }

    /** Deletes each item whose time in {@code attribute} is over. */
    void expireBy(String attribute) {
        engine.client()
                .updateTimeToLive(
                        update ->
                                update.tableName("things")
                                        .timeToLiveSpecification(
                                                ttl -> ttl.attributeName(attribute).enabled(true)));
        engine.deleteExpired();
    }

    static MappingSettings settings() {
        return MappingSettings.of("mapping", "things", "positions").withPolling(SELDOM, true);
    }

    EventSourceMapping start(MappingSettings settings, Recorder function) {
        return start(settings, function, engine);
    }

    EventSourceMapping start(MappingSettings settings, Recorder function, DynamoDbEngine through) {
        return start(settings, function, through, InstantSource.system());
    }

    EventSourceMapping start(
            MappingSettings settings,
            Recorder function,
            DynamoDbEngine through,
            InstantSource clock) {
        return start(settings, function, through, clock, EmulatorWait.REAL);
    }

    EventSourceMapping start(
            MappingSettings settings,
            Recorder function,
            DynamoDbEngine through,
            InstantSource clock,
            EmulatorWait waiting) {
        LocalFunction<DynamodbEvent, ?> local =
                new LocalFunction<>(
                        "recorder", DynamodbEvent.class, function, Duration.ofMinutes(1));
        EventSourceMapping mapping =
                new EventSourceMapping(
                        settings,
                        through,
                        local,
                        discarded::add,
                        new EmulatorTime(clock, RandomGenerator.getDefault(), waiting));
        mapping.start();
        mappings.add(mapping);
        return mapping;
    }

    /** The next document of the on-failure destination. */
    String nextDiscarded() throws InterruptedException {
        String document = discarded.poll(30, TimeUnit.SECONDS);
        if (document == null) {
            throw new AssertionError("nothing was discarded");
        }
        return document;
    }

    /** All positions that are kept, by their key. */
    Map<String, String> positions() {
        Map<String, String> all = new TreeMap<>();
        engine.client()
                .scanPaginator(scan -> scan.tableName("positions"))
                .items()
                .forEach(item -> all.put(text(item, "position"), text(item, "sequenceNumber")));
        return all;
    }

    /** The sequence number of the newest record of the stream's first shard. */
    String lastWritten() {
        StreamSource stream =
                new StreamSource(engine, StreamSource.newest(engine, "things").orElseThrow());
        String shard = stream.shards().getFirst().shardId();
        return stream.read(stream.fromTheStart(shard))
                .records()
                .getLast()
                .dynamodb()
                .sequenceNumber();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in half a minute it did not come true that " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    void close() throws InterruptedException {
        for (EventSourceMapping mapping : mappings) {
            mapping.stop(Duration.ofMillis(100));
        }
        engine.close();
    }
}
