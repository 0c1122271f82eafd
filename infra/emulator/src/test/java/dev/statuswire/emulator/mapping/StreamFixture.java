package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.function.FunctionDefinition;
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
 * An engine with a table {@code things} that has a stream, a table of positions, and mappings.
 * Closing it stops the mappings.
 */
final class StreamFixture {

    /** A poll interval so long that within a test only a wake-up can deliver a record. */
    static final Duration SELDOM = Duration.ofMinutes(1);

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
    private final List<EventSourceMapping> mappings = new ArrayList<>();
    private final BlockingQueue<String> discarded = new LinkedBlockingQueue<>();

    StreamFixture() {
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

    /** Deletes each item whose time in {@code attribute} has passed. */
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

    EventSourceMapping start(
            MappingSettings settings, Recorder function, DynamoDbEngine engineToUse) {
        return start(settings, function, engineToUse, InstantSource.system());
    }

    EventSourceMapping start(
            MappingSettings settings,
            Recorder function,
            DynamoDbEngine engineToUse,
            InstantSource clock) {
        return start(settings, function, engineToUse, clock, EmulatorWait.REAL);
    }

    EventSourceMapping start(
            MappingSettings settings,
            Recorder function,
            DynamoDbEngine engineToUse,
            InstantSource clock,
            EmulatorWait waiting) {
        FunctionDefinition<DynamodbEvent, ?> local =
                new FunctionDefinition<>(
                        "recorder", DynamodbEvent.class, function, Duration.ofMinutes(1));
        EventSourceMapping mapping =
                new EventSourceMapping(
                        settings,
                        engineToUse,
                        local,
                        discarded::add,
                        new EmulatorTime(clock, RandomGenerator.getDefault(), waiting));
        mapping.start();
        mappings.add(mapping);
        return mapping;
    }

    /** Returns the next document that the on-failure destination received. */
    String nextDiscarded() throws InterruptedException {
        String document = discarded.poll(30, TimeUnit.SECONDS);
        if (document == null) {
            throw new AssertionError("no record was discarded within 30 s");
        }
        return document;
    }

    /** Returns all stored positions by their keys. */
    Map<String, String> positions() {
        Map<String, String> all = new TreeMap<>();
        engine.client()
                .scanPaginator(scan -> scan.tableName("positions"))
                .items()
                .forEach(item -> all.put(text(item, "position"), text(item, "sequenceNumber")));
        return all;
    }

    /** Returns the sequence number of the newest record in the stream's first shard. */
    String lastWritten() {
        StreamSource stream =
                new StreamSource(engine, StreamSource.newest(engine, "things").orElseThrow());
        String shard = stream.shards().getFirst().shardId();
        return stream.read(stream.fromOldest(shard))
                .records()
                .getLast()
                .dynamodb()
                .sequenceNumber();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    void close() throws InterruptedException {
        for (EventSourceMapping mapping : mappings) {
            mapping.stop(Duration.ofMillis(100));
        }
        engine.close();
    }
}
