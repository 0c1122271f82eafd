package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.mapping.StreamEvents;
import dev.statuswire.notifier.StatusNotifier;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.Timers;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.StepLinks;
import dev.statuswire.types.activity.ActivityRecorder;
import dev.statuswire.types.users.UsersTable;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Almost valid items that another program has written into the requests table: how the API responds
 * to them, and how their stream records are handled.
 */
final class StoredItemFuzzTest {

    private static final String TABLE = "requests";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Transitions TRANSITIONS = ApiServer.Parts.TRANSITIONS;

    private static final EmbeddedDynamoDb ENGINE = engine();
    private static final DynamoDbRequestStore STORE =
            new DynamoDbRequestStore(ENGINE.client(), TABLE, TRANSITIONS);
    private static final DynamoDbLinks LINK_STORE =
            new DynamoDbLinks(ENGINE.client(), "links", InstantSource.system());
    private static final RequestTypes REQUEST_TYPES = TestTypes.all();
    private static final ApiServer SERVER = ApiServer.over(ENGINE.client(), TABLE);
    private static final ApiClient CLIENT = SERVER.client();
    private static final Sweeper SWEEPER =
            new Sweeper(
                    new Sweeper.Collaborators(
                            new DynamoDbDueIndex(ENGINE.client(), TABLE),
                            STORE,
                            TRANSITIONS,
                            Timers.NONE,
                            DeliverySettings.SWEEP_EVERY,
                            FunctionHost.NONE,
                            TimeAndRandomness.real()));
    private static final StreamProcessor PROCESSOR =
            new StreamProcessor(
                    new StreamProcessor.Collaborators(
                            REQUEST_TYPES,
                            new RequestRunner(
                                    STORE,
                                    TRANSITIONS,
                                    REQUEST_TYPES,
                                    TypeEnvironments.empty(),
                                    new StepLinks(
                                            new Links(
                                                    LINK_STORE,
                                                    STORE,
                                                    TRANSITIONS,
                                                    new SecureRandom(),
                                                    InstantSource.system()),
                                            Optional::empty),
                                    Metrics.NONE,
                                    TimeAndRandomness.real()),
                            key -> {},
                            Timers.NONE,
                            FunctionHost.NONE,
                            new UnreadableItems(Metrics.NONE),
                            TimeAndRandomness.real()));
    private static final StatusNotifier NOTIFIER = notifier();
    private static final ActivityRecorder RECORDER =
            new ActivityRecorder(
                    new ActivityLog(ENGINE.client(), "activity", InstantSource.system()),
                    FunctionHost.NONE);

    private static EmbeddedDynamoDb engine() {
        EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
        engine.client().createTable(TableDefinition.REQUESTS.named(TABLE));
        engine.client().createTable(TableDefinition.CONNECTIONS.named("connections"));
        engine.client().createTable(TableDefinition.LINKS.named("links"));
        engine.client().createTable(TableDefinition.ACTIVITY.named("activity"));
        return engine;
    }

    private static StatusNotifier notifier() {
        var connections =
                new DynamoDbConnectionStore(
                        ENGINE.client(), "connections", 10, InstantSource.system());
        connections.subscribe(Topic.ofOwner("local"), "page");
        return new StatusNotifier(
                new StatusNotifier.Collaborators(
                        REQUEST_TYPES,
                        connections,
                        LINK_STORE,
                        new Pages(),
                        FunctionHost.NONE,
                        new UnreadableItems(Metrics.NONE),
                        TimeAndRandomness.real()));
    }

    /** Accepts every frame. */
    private static final class Pages implements ApiGatewayManagementApiClient {

        @Override
        public PostToConnectionResponse postToConnection(PostToConnectionRequest frame) {
            Leaks.assertNone(frame.data().asUtf8String());
            return PostToConnectionResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ENGINE.close();
    }

    /** Returns an item as the product writes it, with every possible attribute. */
    private static Map<String, AttributeValue> whole(String id, Random random) {
        var item =
                new HashMap<>(
                        TRANSITIONS.submit(
                                new RequestKey("local", id),
                                new Submission(TestTypes.ORDER, "{\"dish\":\"soup\"}"),
                                NOW));
        item.put(Item.RESULT, AttributeValue.fromS("{\"a\":1}"));
        item.put(
                Item.PROGRESS,
                AttributeValue.fromM(
                        Map.of(
                                "percent",
                                AttributeValue.fromN("40"),
                                "message",
                                AttributeValue.fromS("m"))));
        Map<String, AttributeValue> error =
                Map.of(
                        "code",
                        AttributeValue.fromS("c"),
                        "message",
                        AttributeValue.fromS("m"),
                        "step",
                        AttributeValue.fromS("first"),
                        "retryable",
                        AttributeValue.fromBool(true));
        item.put(Item.ERROR, AttributeValue.fromM(error));
        item.put(Item.EXPIRES_AT, AttributeValue.fromN("4102444800"));
        Map<String, AttributeValue> step =
                Map.of(
                        "name",
                        AttributeValue.fromS("first"),
                        "status",
                        AttributeValue.fromS("SUCCEEDED"),
                        "startedAt",
                        AttributeValue.fromS("2026-11-21T10:00:00.000Z"),
                        "endedAt",
                        AttributeValue.fromS("2026-11-21T10:00:01.000Z"),
                        "output",
                        AttributeValue.fromS("{}"),
                        "error",
                        AttributeValue.fromM(error));
        item.put(Item.STEPS, AttributeValue.fromL(List.of(AttributeValue.fromM(step))));
        item.put(
                Item.STATUS,
                AttributeValue.fromS(
                        InputMutator.any(
                                List.of(
                                        "ACCEPTED",
                                        "ACCEPTED",
                                        "RUNNING",
                                        "RETRYING",
                                        "SUCCEEDED",
                                        "FAILED",
                                        "CANCELLED"),
                                random)));
        return item;
    }

    private static Map<String, AttributeValue> changed(
            Map<String, AttributeValue> item, Random random) {
        var changed = new HashMap<String, AttributeValue>();
        new TreeMap<>(item)
                .forEach(
                        (name, value) -> {
                            boolean key = name.equals(Item.OWNER) || name.equals(Item.ID);
                            if (key || !InputMutator.oneIn(12, random)) {
                                changed.put(name, key ? value : changed(value, random));
                            }
                        });
        return changed;
    }

    private static AttributeValue changed(AttributeValue value, Random random) {
        if (InputMutator.oneIn(10, random)) {
            return other(random);
        }
        return switch (value.type()) {
            case M -> AttributeValue.fromM(changed(value.m(), random));
            case L -> {
                var elements = new ArrayList<AttributeValue>();
                value.l().forEach(element -> elements.add(changed(element, random)));
                yield AttributeValue.fromL(elements);
            }
            default -> value;
        };
    }

    private static AttributeValue other(Random random) {
        return switch (random.nextInt(10)) {
            case 0 ->
                    AttributeValue.fromN(
                            InputMutator.any(
                                    List.of(
                                            "0",
                                            "-1",
                                            "1.5",
                                            "99999999999999999999999999999999999999",
                                            "1E+100",
                                            "9223372036854775807",
                                            "2147483648"),
                                    random));
            case 1 -> AttributeValue.fromBool(random.nextBoolean());
            case 2 -> AttributeValue.fromNul(true);
            case 3 ->
                    AttributeValue.fromL(
                            List.of(AttributeValue.fromS("x"), AttributeValue.fromNul(true)));
            case 4 -> AttributeValue.fromM(Map.of("x", AttributeValue.fromN("1")));
            case 5 -> AttributeValue.fromSs(List.of("x", "y"));
            case 6 -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1}));
            case 7 ->
                    AttributeValue.fromS(
                            InputMutator.any(
                                    List.of(
                                            "+1000000000-12-31T23:59:59.999999999Z",
                                            "-0001-01-01T00:00:00Z",
                                            "ACCEPTED",
                                            "FAILED",
                                            "[",
                                            "\u0000",
                                            "{\"a\":{}}"),
                                    random));
            default -> AttributeValue.fromS(InputMutator.text(random));
        };
    }

    private static DynamodbEvent event(
            Set<String> keys,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after) {
        Record record =
                Record.builder()
                        .eventID(UUID.randomUUID().toString())
                        .eventName(OperationType.MODIFY)
                        .eventVersion("1.1")
                        .eventSource("aws:dynamodb")
                        .awsRegion("us-east-1")
                        .dynamodb(
                                change ->
                                        change.approximateCreationDateTime(NOW)
                                                .keys(only(keys, after))
                                                .oldImage(before)
                                                .newImage(after)
                                                .sequenceNumber("100000000000000000001")
                                                .sizeBytes(100L)
                                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                        .build();
        String json = StreamEvents.json(ENGINE, TABLE, List.of(record));
        return LambdaEventSerializers.serializerFor(
                        DynamodbEvent.class, StoredItemFuzzTest.class.getClassLoader())
                .fromJson(json);
    }

    private static Map<String, AttributeValue> only(
            Set<String> names, Map<String, AttributeValue> item) {
        var some = new HashMap<>(item);
        some.keySet().retainAll(names);
        return some;
    }

    private static void assertNothingIsRedelivered(StreamsEventResponse response) {
        assertThat(response.getBatchItemFailures()).isEmpty();
    }

    @Test
    void almost_valid_request_breaks_nothing() throws InterruptedException {
        Cases.run(
                Scale.of(60, 50_000),
                random -> {
                    String id = "item-%08d".formatted(random.nextInt(100_000_000));
                    Map<String, AttributeValue> before = whole(id, random);
                    Map<String, AttributeValue> item = changed(before, random);
                    try {
                        ENGINE.client().putItem(put -> put.tableName(TABLE).item(item));
                    } catch (DynamoDbException refused) {
                        return; // the table itself refuses the item
                    }
                    try {
                        DynamodbEvent event = event(Set.of(Item.OWNER, Item.ID), before, item);
                        assertNothingIsRedelivered(
                                NOTIFIER.handleRequest(event, new TestLambdaContext()));
                        assertNothingIsRedelivered(
                                PROCESSOR.handleRequest(event, new TestLambdaContext()));
                        assertNothingIsRedelivered(
                                RECORDER.handleRequest(event, new TestLambdaContext()));
                        assertApiIsSound(id);
                    } catch (AssertionError | RuntimeException failed) {
                        throw new AssertionError(item.toString(), failed);
                    }
                });
        SWEEPER.handleRequest(new ScheduledEvent(), new TestLambdaContext());
    }

    @Test
    void almost_valid_user_is_recorded_or_ignored() throws InterruptedException {
        Cases.run(
                Scale.of(30, 10_000),
                random -> {
                    Map<String, AttributeValue> user =
                            new HashMap<>(UsersTable.firstItems().getFirst());
                    Map<String, AttributeValue> item = changed(user, random);
                    item.put(
                            "key",
                            AttributeValue.fromS(
                                    random.nextBoolean()
                                            ? "user#demo"
                                            : "user#" + random.nextInt()));
                    DynamodbEvent event = event(Set.of("key"), user, item);

                    assertNothingIsRedelivered(
                            RECORDER.handleRequest(event, new TestLambdaContext()));
                    assertNothingIsRedelivered(
                            NOTIFIER.handleRequest(event, new TestLambdaContext()));
                    assertNothingIsRedelivered(
                            PROCESSOR.handleRequest(event, new TestLambdaContext()));
                });
    }

    private static void assertApiIsSound(String id) {
        assertSound(CLIENT.get("/status/" + id));
        assertSound(CLIENT.get("/requests?limit=3&cursor=" + cursorBefore(id)));
        assertSound(CLIENT.putJson("/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}"));
        assertSound(CLIENT.post("/requests/" + id + "/cancel"));
        assertSound(CLIENT.post("/requests/" + id + "/retry"));
    }

    private static String cursorBefore(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("1:" + id + "z").getBytes(StandardCharsets.UTF_8));
    }

    /** Asserts that the only server error is the problem for an unreadable item. */
    private static void assertSound(Answer answer) {
        assertThat(answer.status() < 500 || answer.body().contains("/problems/unreadable"))
                .as(answer.body())
                .isTrue();
        Leaks.assertNone(answer.body());
    }
}
