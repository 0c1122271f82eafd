package dev.statuswire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.TableNames;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ForwardingStore;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.MappingSettings;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Timers;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.StepLinks;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Runs "Bring requests back by id" of docs/guide/operate.md with its commands: the stream processor
 * behind its mapping cannot start one request, whose record is retried, discarded and reported. No
 * sweeper runs, so only the operator's actions bring the request back.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>
 */
final class BringBackTest {

    private static final RequestKey POISON = new RequestKey("owner-ada", "poison-0001");
    private static final String INPUT = "{\"secret\":\"private business\"}";

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
    private final TableNames tables = TableNames.from(new Environment(Map.of()));
    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    private final Poisoned store =
            new Poisoned(new DynamoDbRequestStore(engine.client(), tables.requests(), transitions));
    private final Queue<String> discarded = new ConcurrentLinkedQueue<>();
    private @Nullable EventSourceMapping mapping;

    @BeforeEach
    void start() {
        new LocalTables(engine.client(), tables).makeWhatIsMissing();
        mapping = mapping();
        mapping.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (mapping != null) {
            mapping.stop(Duration.ofSeconds(5));
        }
        engine.close();
    }

    @Test
    void request_whose_record_was_discarded_is_brought_back_by_its_id_and_finishes()
            throws Exception {
        submit(other(1));
        submit(POISON);
        submit(other(2));

        JsonNode document = discarded();
        finished(other(1));
        finished(other(2));
        submit(other(3));
        finished(other(3));
        assertThat(request(POISON)).extracting(Request::version).isEqualTo(1L);

        store.poison = null;
        assertThat(keysOf(document)).containsExactly(POISON);
        Request seen = request(POISON);
        assertThat(seen.status()).isEqualTo(Status.ACCEPTED);
        offerAgain(POISON, seen.version());

        Request finished = finished(POISON);
        assertThat(finished.attempt()).isEqualTo(1);
        assertThat(finished.fence()).as("offered again, claimed").isEqualTo(2);
        assertThat(finished.version())
                .as("submitted, offered, claimed, one step, done")
                .isEqualTo(5);
        assertThat(discarded).isEmpty();
    }

    @Test
    void document_contains_the_position_of_the_record_but_not_its_content() {
        submit(POISON);

        JsonNode document = discarded();

        assertThat(document.toString())
                .doesNotContain(POISON.owner(), POISON.id(), "secret", "business", "note");
        assertThat(document.at("/requestContext/condition").textValue())
                .isEqualTo("RetryAttemptsExhausted");
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
        assertThat(document.at("/DDBStreamBatchInfo").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "shardId",
                        "startSequenceNumber",
                        "endSequenceNumber",
                        "approximateArrivalOfFirstRecord",
                        "approximateArrivalOfLastRecord",
                        "batchSize",
                        "streamArn");
    }

    /**
     * An item of another program has neither a due time nor a shard, so the sweeper does not find
     * it.
     */
    @Test
    void item_of_another_program_is_brought_back_and_the_sweeper_finds_it_from_then_on()
            throws Exception {
        engine.client().putItem(put -> put.tableName(tables.requests()).item(foreign()));
        JsonNode document = discarded();
        assertThat(unfinished()).isEmpty();

        assertThat(keysOf(document)).containsExactly(POISON);
        Instant before = Instant.now();
        offerAgain(POISON, request(POISON).version());

        assertThat(unfinished()).containsExactly(POISON);
        assertThat(request(POISON).dueAt()).isBetween(before, before.plusSeconds(120));
        assertThat(keysOf(discarded())).as("still poison").containsExactly(POISON);
        store.poison = null;
        offerAgain(POISON, request(POISON).version());
        finished(POISON);
    }

    @Test
    void late_offer_of_an_operator_is_rejected() {
        submit(other(1));
        Request finished = finished(other(1));

        assertThatThrownBy(() -> offerAgain(other(1), finished.version()))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThatThrownBy(() -> offerAgain(other(1), 1))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(request(other(1))).isEqualTo(finished);
    }

    /** Runs the steps of the page, each with its command. */
    private List<RequestKey> keysOf(JsonNode document) throws Exception {
        JsonNode batch = document.path("DDBStreamBatchInfo");
        var from =
                Operations.call(
                        "dynamodbstreams get-shard-iterator",
                        Map.of(
                                "stream", batch.path("streamArn").textValue(),
                                "shard", batch.path("shardId").textValue(),
                                "first", batch.path("startSequenceNumber").textValue()));
        String iterator =
                engine.streams()
                        .getShardIterator(
                                get ->
                                        get.streamArn(from.option("stream-arn"))
                                                .shardId(from.option("shard-id"))
                                                .shardIteratorType(
                                                        from.option("shard-iterator-type"))
                                                .sequenceNumber(from.option("sequence-number")))
                        .shardIterator();
        var read = Operations.call("dynamodbstreams get-records", Map.of("iterator", iterator));
        return engine
                .streams()
                .getRecords(get -> get.shardIterator(read.option("shard-iterator")))
                .records()
                .stream()
                .takeWhile(record -> !isAfter(record, batch.path("endSequenceNumber").textValue()))
                .map(record -> Item.keyOf(record.dynamodb().keys()))
                .toList();
    }

    private static boolean isAfter(Record record, String last) {
        return new BigInteger(record.dynamodb().sequenceNumber()).compareTo(new BigInteger(last))
                > 0;
    }

    private List<RequestKey> unfinished() throws Exception {
        var scan = Operations.call("dynamodb scan", Map.of("table", tables.requests()));
        return engine
                .client()
                .scan(
                        all ->
                                all.tableName(scan.option("table-name"))
                                        .indexName(scan.option("index-name")))
                .items()
                .stream()
                .map(Item::keyOf)
                .toList();
    }

    private void offerAgain(RequestKey key, long version) throws Exception {
        var update =
                Operations.call(
                        "dynamodb update-item",
                        Map.of(
                                "table", tables.requests(),
                                "owner", key.owner(),
                                "id", key.id(),
                                "version", Long.toString(version)));
        engine.client()
                .updateItem(
                        item ->
                                item.tableName(update.option("table-name"))
                                        .key(update.attributes("key"))
                                        .conditionExpression(update.option("condition-expression"))
                                        .updateExpression(update.option("update-expression"))
                                        .expressionAttributeNames(
                                                update.texts("expression-attribute-names"))
                                        .expressionAttributeValues(
                                                update.attributes("expression-attribute-values")));
    }

    private Request request(RequestKey key) {
        try {
            var get =
                    Operations.call(
                            "dynamodb get-item",
                            Map.of(
                                    "table", tables.requests(),
                                    "owner", key.owner(),
                                    "id", key.id()));
            assertThat(get.options()).containsKey("--consistent-read");
            return Item.read(
                            engine.client()
                                    .getItem(
                                            item ->
                                                    item.tableName(get.option("table-name"))
                                                            .key(get.attributes("key"))
                                                            .consistentRead(true))
                                    .item())
                    .orElseThrow();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private JsonNode discarded() {
        String json =
                Await.get("something is discarded", () -> Optional.ofNullable(discarded.poll()));
        return Json.parse(json).orElseThrow();
    }

    private Request finished(RequestKey key) {
        return Await.get(
                key + " finished",
                () -> store.find(key).filter(it -> it.status() == Status.SUCCEEDED));
    }

    private void submit(RequestKey key) {
        store.submit(key, new Submission("note", INPUT), Instant.now());
    }

    private static RequestKey other(int number) {
        return new RequestKey("owner-bob", "other-000" + number);
    }

    private static Map<String, AttributeValue> foreign() {
        return Map.of(
                "owner", AttributeValue.fromS(POISON.owner()),
                "id", AttributeValue.fromS(POISON.id()),
                "type", AttributeValue.fromS("note"),
                "input", AttributeValue.fromS(INPUT),
                "status", AttributeValue.fromS("ACCEPTED"),
                "version", AttributeValue.fromN("1"));
    }

    /**
     * Creates a mapping like that of the processor in {@link LocalMappings}, except for the retries
     * and the destination.
     */
    private EventSourceMapping mapping() {
        RequestTypes types = RequestTypes.of(List.of(TestType.of("note", "one", "two")));
        var runner =
                new RequestRunner(
                        store,
                        transitions,
                        types,
                        TypeEnvironments.empty(),
                        new StepLinks(InMemoryLinks.to(store, transitions), Optional::empty),
                        Metrics.NONE,
                        TimeAndRandomness.real());
        FunctionDefinition<DynamodbEvent, ?> processor =
                new FunctionDefinition<>(
                        "statuswire-processor",
                        DynamodbEvent.class,
                        new StreamProcessor(
                                new StreamProcessor.Collaborators(
                                        types,
                                        runner,
                                        key -> {
                                            throw new AssertionError(
                                                    "nothing is slow here: " + key);
                                        },
                                        Timers.NONE,
                                        FunctionHost.NONE,
                                        new UnreadableItems(Metrics.NONE),
                                        TimeAndRandomness.real())),
                        Duration.ofSeconds(60));
        return new EventSourceMapping(
                MappingSettings.of("processor", tables.requests(), LocalTables.POSITIONS)
                        .withFilters(StreamDelivery.ACCEPTED_OR_DUE_LATER)
                        .withBatches(100, 10)
                        .withRetries(2, Duration.ofHours(1)),
                engine,
                processor,
                discarded::add);
    }

    /** A store in which one request cannot be claimed while it is poison. */
    private static final class Poisoned extends ForwardingStore {

        private volatile @Nullable RequestKey poison = POISON;

        Poisoned(RequestStore store) {
            super(store);
        }

        @Override
        public WriteOutcome apply(RequestKey key, Transition transition) {
            if (key.equals(poison)) {
                throw new StoreException(transition.name(), new IOException("on purpose"));
            }
            return super.apply(key, transition);
        }
    }
}
