package dev.statuswire.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.testing.TestType.TestStep;
import dev.statuswire.processor.work.FaultyStore;
import dev.statuswire.processor.work.RunnerFixture;
import dev.statuswire.processor.work.ScriptedTypes;
import dev.statuswire.sdk.StepFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StreamProcessorTest {

    private static final JsonNode NOTHING = Json.MAPPER.createObjectNode();

    private final AtomicInteger runs = new AtomicInteger();
    private final Queue<RequestKey> handedOver = new ConcurrentLinkedQueue<>();
    private final Queue<DueRequest> timers = new ConcurrentLinkedQueue<>();

    @Test
    void quick_requests_of_one_batch_run_concurrently() {
        int all = 20;
        var together = new CyclicBarrier(all);
        var world = new RunnerFixture(ScriptedTypes.quick(TestStep.of("one", _ -> meet(together))));
        List<Request> requests = submit(world, all);

        StreamsEventResponse response = process(world, requests);

        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(requests).allMatch(request -> world.find(request).status() == Status.SUCCEEDED);
    }

    @Test
    void failing_request_does_not_delay_others_and_is_not_reported() {
        TestStep picky =
                TestStep.of(
                        "one",
                        context -> {
                            if (context.requestId().endsWith("-0")) {
                                throw new StepFailed("no", "No.");
                            }
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(picky));
        List<Request> requests = submit(world, 3);

        StreamsEventResponse response = process(world, requests);

        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(requests)
                .extracting(request -> world.find(request).status())
                .containsExactly(Status.FAILED, Status.SUCCEEDED, Status.SUCCEEDED);
    }

    @Test
    void quick_request_that_turns_out_slow_is_handed_back_and_then_goes_to_the_worker()
            throws Exception {
        var interrupted = new CountDownLatch(1);
        var clock = new ManualClock();
        TestStep hanging =
                TestStep.of(
                        "one",
                        _ -> {
                            clock.advance(Duration.ofSeconds(4));
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                            return NOTHING;
                        });
        var world = new RunnerFixture(clock, ScriptedTypes.quick(hanging));
        Request request = submit(world, 1).getFirst();

        process(world, List.of(request));
        interrupted.await();
        Request back = world.find(request);
        assertThat(back.status()).isEqualTo(Status.ACCEPTED);

        processor(world)
                .handleRequest(
                        event(record("2", item(back, "RUNNING"), item(back, "ACCEPTED"))),
                        TestContext.ENDLESS);
        assertThat(handedOver).containsExactly(request.key());
    }

    @Test
    void slow_request_goes_to_the_worker_and_is_not_run_here() {
        TestStep step = ScriptedTypes.counting("one", runs);
        var world = new RunnerFixture(ScriptedTypes.slow(step));
        List<Request> requests = submit(world, 2);

        process(world, requests);

        assertThat(handedOver)
                .containsExactlyInAnyOrderElementsOf(requests.stream().map(Request::key).toList());
        assertThat(runs).hasValue(0);
    }

    @Test
    void duplicate_record_is_processed_once() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        Request request = submit(world, 1).getFirst();

        process(world, List.of(request, request));
        process(world, List.of(request));

        assertThat(runs).hasValue(1);
    }

    @Test
    void new_request_of_one_step_runs_once_without_a_claim() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        StreamProcessor processor = processor(world);
        deliverFirstRequest(processor, world);
        Request request = world.submit("request-1");
        DynamodbEvent event = event(record("1", null, submitted(request)));

        processor.handleRequest(event, TestContext.ENDLESS);
        processor.handleRequest(event, TestContext.ENDLESS);

        assertThat(world.find(request).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(world.find(request).version()).isEqualTo(2);
        assertThat(runs).hasValue(1);
    }

    @Test
    void new_request_is_claimed_by_a_process_that_started_after_its_submission() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        Request request = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(1));

        processor(world)
                .handleRequest(event(record("1", null, submitted(request))), TestContext.ENDLESS);

        assertThat(world.find(request).version()).isEqualTo(3);
        assertThat(world.find(request).fence()).isEqualTo(1);
    }

    @Test
    void request_that_is_offered_again_is_claimed() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        StreamProcessor processor = processor(world);
        deliverFirstRequest(processor, world);
        Request request = world.submit("request-1");

        processor.handleRequest(
                event(record("1", submitted(request), submitted(request))), TestContext.ENDLESS);

        assertThat(world.find(request).version()).isEqualTo(3);
    }

    /** Returns the item as a front door writes it. */
    private static Map<String, AttributeValue> submitted(Request request) {
        var item = new HashMap<>(item(request, "ACCEPTED"));
        item.put("createdAt", text(String.valueOf(request.createdAt())));
        item.put("dueAt", number(RunnerFixture.due(request).toEpochMilli()));
        return item;
    }

    @Test
    void only_a_request_that_could_not_be_started_is_reported() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        world.store.failNext("claim", FaultyStore.Fault.BEFORE);
        Request request = submit(world, 1).getFirst();

        StreamsEventResponse first = process(world, List.of(request));
        StreamsEventResponse second = process(world, List.of(request));

        assertThat(first.getBatchItemFailures())
                .extracting(BatchItemFailure::getItemIdentifier)
                .containsExactly("100");
        assertThat(second.getBatchItemFailures()).isEmpty();
        assertThat(world.find(request).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void failed_hand_over_is_reported() {
        TestStep step = ScriptedTypes.counting("one", runs);
        var world = new RunnerFixture(ScriptedTypes.slow(step));
        var processor =
                new StreamProcessor(
                        new StreamProcessor.Collaborators(
                                world.types,
                                world.runner(),
                                _ -> {
                                    throw new IllegalStateException("throttled");
                                },
                                Timers.NONE,
                                FunctionHost.NONE,
                                new UnreadableItems(Metrics.NONE),
                                world.timeAndRandomness()));

        StreamsEventResponse response =
                processor.handleRequest(events(submit(world, 1)), TestContext.ENDLESS);

        assertThat(response.getBatchItemFailures()).hasSize(1);
    }

    @Test
    void request_is_counted_as_accepted_when_it_is_new_but_not_when_it_is_offered_again() {
        var world = new RunnerFixture(ScriptedTypes.slow(ScriptedTypes.counting("one", runs)));
        Map<String, Long> counted = new ConcurrentHashMap<>();
        var processor =
                new StreamProcessor(
                        new StreamProcessor.Collaborators(
                                world.types,
                                world.runner(),
                                handedOver::add,
                                Timers.NONE,
                                FunctionHost.keeping(counting(counted)),
                                new UnreadableItems(Metrics.NONE),
                                world.timeAndRandomness()));
        Map<String, AttributeValue> item =
                Map.of(
                        "owner", text("ada"),
                        "id", text("request-1"),
                        "type", text("not a known type"),
                        "input", text("{}"),
                        "status", text("ACCEPTED"),
                        "version", new AttributeValue().withN("1"));

        processor.handleRequest(events(submit(world, 2)), TestContext.ENDLESS);
        processor.handleRequest(event(record("7", null, item)), TestContext.ENDLESS);
        processor.handleRequest(event(record("8", item, item)), TestContext.ENDLESS);

        assertThat(counted)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "ACCEPTED " + world.types.all().iterator().next().name(),
                                2L,
                                "ACCEPTED unknown",
                                1L));
    }

    private static Metrics counting(Map<String, Long> counted) {
        return new Metrics() {
            @Override
            public void count(Counter counter, String label, long amount) {
                counted.merge(counter + " " + label, amount, Long::sum);
            }

            @Override
            public void time(Timer timer, String label, Duration duration) {}
        };
    }

    @Test
    void item_that_is_not_a_request_is_ignored() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        Map<String, AttributeValue> nonsense =
                Map.of("owner", text("#"), "id", text("primer"), "status", text("ACCEPTED"));

        StreamsEventResponse response =
                processor(world)
                        .handleRequest(event(record("1", null, nonsense)), TestContext.ENDLESS);

        assertThat(response.getBatchItemFailures()).isEmpty();
    }

    @Test
    void expired_request_is_not_started() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        Request request = world.submit("request-1");
        var expired = new HashMap<>(item(request, "ACCEPTED"));
        expired.put(
                "expiresAt",
                new AttributeValue().withN("" + world.clock.instant().getEpochSecond()));

        StreamsEventResponse response =
                processor(world)
                        .handleRequest(event(record("1", null, expired)), TestContext.ENDLESS);

        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void request_that_waits_for_a_retry_gets_a_timer_and_is_not_started() {
        var world = new RunnerFixture(ScriptedTypes.quick(ScriptedTypes.counting("one", runs)));
        Request request = world.submit("request-1");
        var retrying = new HashMap<>(item(request, "RETRYING"));
        retrying.put("dueAt", number(1_700_000_000_123L));

        StreamsEventResponse response =
                processor(world)
                        .handleRequest(
                                event(record("1", item(request, "RUNNING"), retrying)),
                                TestContext.ENDLESS);

        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(timers)
                .containsExactly(
                        new DueRequest(request.key(), Instant.ofEpochMilli(1_700_000_000_123L)));
        assertThat(runs).hasValue(0);
    }

    private static JsonNode meet(CyclicBarrier barrier) throws Exception {
        barrier.await();
        return NOTHING;
    }

    private static List<Request> submit(RunnerFixture world, int count) {
        var requests = new ArrayList<Request>();
        for (int i = 0; i < count; i++) {
            requests.add(world.submit("request-" + i));
        }
        return requests;
    }

    private StreamsEventResponse process(RunnerFixture world, List<Request> requests) {
        return processor(world).handleRequest(events(requests), TestContext.ENDLESS);
    }

    private StreamProcessor processor(RunnerFixture world) {
        return new StreamProcessor(
                new StreamProcessor.Collaborators(
                        world.types,
                        world.runner(),
                        handedOver::add,
                        timers::addAll,
                        FunctionHost.NONE,
                        new UnreadableItems(Metrics.NONE),
                        world.timeAndRandomness()));
    }

    /** Delivers a first new request, which is claimed. */
    private void deliverFirstRequest(StreamProcessor processor, RunnerFixture world) {
        Request first = world.submit("request-0");
        processor.handleRequest(event(record("0", null, submitted(first))), TestContext.ENDLESS);
        assertThat(world.find(first).fence()).isEqualTo(1);
        runs.set(0);
        world.clock.advance(Duration.ofSeconds(1));
    }

    private static DynamodbEvent events(List<Request> requests) {
        var records = new ArrayList<DynamodbStreamRecord>();
        for (Request request : requests) {
            records.add(record("10" + records.size(), null, item(request, "ACCEPTED")));
        }
        return event(records.toArray(DynamodbStreamRecord[]::new));
    }

    private static DynamodbEvent event(DynamodbStreamRecord... records) {
        var event = new DynamodbEvent();
        event.setRecords(List.of(records));
        return event;
    }

    private static DynamodbStreamRecord record(
            String sequenceNumber,
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        var record = new DynamodbStreamRecord();
        record.setDynamodb(
                new StreamRecord()
                        .withSequenceNumber(sequenceNumber)
                        .withOldImage(before)
                        .withNewImage(after));
        return record;
    }

    private static Map<String, AttributeValue> item(Request request, String status) {
        return Map.of(
                "owner", text(request.key().owner()),
                "id", text(request.key().id()),
                "life", text(String.valueOf(request.life())),
                "type", text(request.type()),
                "input", text(request.input()),
                "status", text(status),
                "version", number(request.version()),
                "fence", number(request.fence()));
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }

    private static AttributeValue number(long value) {
        return new AttributeValue().withN(Long.toString(value));
    }
}
