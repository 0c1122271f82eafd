package dev.statuswire.tests.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.activity.ActivityQuery;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.emulator.function.AsyncRules;
import dev.statuswire.emulator.function.FunctionApi;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.mapping.StreamEvents;
import dev.statuswire.emulator.queue.SqsDelayQueue;
import dev.statuswire.emulator.queue.SqsQueueSettings;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.TimerHandler;
import dev.statuswire.processor.Worker;
import dev.statuswire.tests.faults.Fault;
import dev.statuswire.tests.lambda.RuntimeApi.Answer;
import dev.statuswire.types.activity.ActivityRecorder;
import dev.statuswire.types.users.UsersTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of the processor's zip and of the types' layer as Lambda runs them. */
final class ProcessorZipTest {

    private static final String NONE_FAILED = "{\"batchItemFailures\":[]}";
    private static final String ORDER = "{\"dish\":\"soup\",\"quantity\":1}";

    @RegisterExtension static final Functions FUNCTIONS = new Functions(Zip.PROCESSOR);

    private static final FunctionApi LAMBDA =
            FunctionApi.open(0, AsyncRules.LAMBDA, SteadyClock.OF_PROCESS);
    private static final BlockingQueue<SQSEvent> TIMERS = new LinkedBlockingQueue<>();
    private static final SqsDelayQueue QUEUE =
            SqsDelayQueue.open(
                    new SqsQueueSettings(
                            "timers", Duration.ofMinutes(1), Duration.ofMinutes(30), 10, 2),
                    SteadyClock.OF_PROCESS);
    private static final Map<String, String> TIMERS_QUEUE =
            Map.of(
                    "STATUSWIRE_TIMERS_QUEUE", QUEUE.url(),
                    "STATUSWIRE_SQS_ENDPOINT", QUEUE.endpoint().toString());
    private static final Function PROCESSOR =
            FUNCTIONS.start(
                    StreamProcessor.class,
                    Map.of("STATUSWIRE_LAMBDA_ENDPOINT", LAMBDA.endpoint().toString()));
    private static final Function WORKER = FUNCTIONS.start(Worker.class, Map.of());
    private static final Function SWEEPER = FUNCTIONS.start(Sweeper.class, TIMERS_QUEUE);
    private static final Function TIMER = FUNCTIONS.start(TimerHandler.class, TIMERS_QUEUE);
    private static final Function RECORDER = FUNCTIONS.start(ActivityRecorder.class, Map.of());

    static {
        @SuppressWarnings({"unchecked", "rawtypes"}) // a map of strings, as Worker declares
        Class<Map<String, String>> event = (Class) Map.class;
        QUEUE.start(
                new FunctionDefinition<>(
                        "timers",
                        SQSEvent.class,
                        (message, context) -> TIMERS.add(message),
                        Duration.ofMinutes(1)));
        LAMBDA.register(
                new FunctionDefinition<Map<String, String>, String>(
                        "statuswire-worker",
                        event,
                        (key, context) -> WORKER.returned(Json.write(Json.MAPPER.valueToTree(key))),
                        Duration.ofMinutes(1)));
    }

    @AfterAll
    static void end() throws InterruptedException {
        LAMBDA.stop(Duration.ZERO);
        QUEUE.stop(Duration.ZERO);
    }

    private static String workerEvent(String owner, String id) {
        return Json.write(Json.MAPPER.createObjectNode().put("owner", owner).put("id", id));
    }

    private static RequestKey submit(String id, String type, String input, Instant when) {
        var key = new RequestKey(Functions.OWNER, id);
        FUNCTIONS.store().submit(key, new Submission(type, input), when);
        return key;
    }

    private static RequestKey register(String username) {
        return submit(
                "register-" + username,
                "register-user",
                """
                {"name":"U","email":"%s@example.com","username":"%s"}
                """
                        .formatted(username, username),
                Instant.now());
    }

    private static Status status(RequestKey key) {
        return FUNCTIONS.store().find(key).map(Request::status).orElseThrow();
    }

    /**
     * Tries several requests. On a busy machine, a JVM that has just started may need longer for a
     * call than the product waits; a request that it has claimed then stays RUNNING until its lease
     * ends.
     */
    @Test
    void stream_processor_runs_the_quick_request_of_a_real_stream_record() {
        var tries = new AtomicInteger();
        Await.until(
                "a quick request succeeds",
                () -> {
                    RequestKey key = register("ada" + tries.incrementAndGet());
                    String answer = PROCESSOR.returned(FUNCTIONS.eventOf(key));
                    assertThat(answer).isEqualTo(NONE_FAILED);
                    // A request that takes longer than 3 s is handed back, ACCEPTED.
                    assertThat(status(key)).isIn(Status.SUCCEEDED, Status.RUNNING, Status.ACCEPTED);
                    return status(key) == Status.SUCCEEDED;
                });
    }

    @Test
    void snapshots_were_primed_without_leaving_data_behind() {
        for (Function function : List.of(PROCESSOR, WORKER, SWEEPER, TIMER, RECORDER)) {
            assertThat(function.returned(Functions.keepActive())).isEqualTo("null");
            assertThat(function.wasRestored()).isTrue();
            assertThat(function.log())
                    .contains("primed; a snapshot is taken")
                    .doesNotContain("priming failed");
        }
        assertThat(FUNCTIONS.store().find(PrimingEvents.REQUEST)).isEmpty();
        assertThat(StreamEvents.records(FUNCTIONS.engine(), Functions.REQUESTS))
                .noneMatch(record -> record.toString().contains(PrimingEvents.REQUEST.owner()));
    }

    @Test
    void function_starts_even_if_its_priming_failed() {
        FUNCTIONS.databaseProxy().set(new Fault.Reset());
        try (Function function = FUNCTIONS.start(Worker.class, Map.of())) {
            assertThat(function.returned(Functions.keepActive())).isEqualTo("null");
            assertThat(function.log()).contains("priming failed", "primed; a snapshot is taken");
        } finally {
            FUNCTIONS.databaseProxy().heal();
        }
    }

    @Test
    void metrics_are_logged_when_the_invocation_ends() {
        PROCESSOR.returned(FUNCTIONS.eventOf(register("counted")));

        assertThat(metricLines(PROCESSOR, "accepted"))
                .anyMatch(line -> line.path("type").asText().equals("register-user"));

        submit("late-order", "place-order", ORDER, Instant.now().minus(Duration.ofHours(1)));
        SWEEPER.returned("{}");

        assertThat(metricLines(SWEEPER, "overdue"))
                .anyMatch(
                        line ->
                                line.path("outcome").asText().equals("offered")
                                        && line.toString().contains("\"Milliseconds\""));
    }

    private static List<JsonNode> metricLines(Function of, String metric) {
        return of.log()
                .lines()
                .flatMap(line -> Json.parse(line).stream())
                .filter(line -> line.has(metric))
                .filter(
                        line ->
                                line.at("/_aws/CloudWatchMetrics/0/Namespace")
                                        .asText()
                                        .equals("Statuswire"))
                .toList();
    }

    @Test
    void slow_request_goes_from_the_stream_processor_through_invoke_to_the_worker() {
        RequestKey key = submit("slow-order", "place-order", ORDER, Instant.now());

        String answer = PROCESSOR.returned(FUNCTIONS.eventOf(key));

        assertThat(answer).isEqualTo(NONE_FAILED);
        Await.until("the order is served", () -> status(key) == Status.SUCCEEDED);
    }

    @Test
    void log_line_of_a_step_names_its_request_type_and_step() {
        RequestKey key =
                submit(
                        "rejected-order",
                        "place-order",
                        """
                        {"dish":"soup","quantity":1,"simulate":{"reject":true}}
                        """,
                        Instant.now());

        WORKER.returned(workerEvent(key.owner(), key.id()));

        assertThat(status(key)).isEqualTo(Status.FAILED);
        JsonNode line = logged(WORKER, "the kitchen rejects SOUP");
        assertThat(line.path("logger").asText()).isEqualTo("type.place-order");
        assertThat(line.path("requestId").asText()).isEqualTo("rejected-order");
        assertThat(line.path("type").asText()).isEqualTo("place-order");
        assertThat(line.path("step").asText()).isEqualTo("check-menu");
    }

    private static JsonNode logged(Function by, String message) {
        return by.log()
                .lines()
                .flatMap(text -> Json.parse(text).stream())
                .filter(json -> json.path("message").asText().contains(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not logged: " + message));
    }

    @Test
    void record_that_cannot_be_started_is_reported_and_started_when_redelivered() {
        RequestKey key = register("bob");
        String event = FUNCTIONS.eventOf(key);
        String sequenceNumber =
                Json.parse(event).orElseThrow().at("/Records/0/dynamodb/SequenceNumber").asText();

        FUNCTIONS.databaseProxy().set(new Fault.Reset());
        String whileCut = PROCESSOR.returned(event);
        FUNCTIONS.databaseProxy().heal();

        assertThat(whileCut)
                .isEqualTo(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
                                .formatted(sequenceNumber));
        assertThat(status(key)).isEqualTo(Status.ACCEPTED);
        assertLogReports(sequenceNumber);
        assertThat(PROCESSOR.returned(event)).isEqualTo(NONE_FAILED);
        assertThat(status(key)).isNotEqualTo(Status.ACCEPTED);
    }

    /** Asserts that the log has one event with the invocation and the whole stack trace. */
    private static void assertLogReports(String sequenceNumber) {
        JsonNode line = logged(PROCESSOR, sequenceNumber);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo(StreamProcessor.class.getName());
        assertThat(line.path("service").asText()).isEqualTo("statuswire");
        assertThat(line.path("function_name").asText()).isEqualTo("StreamProcessor");
        assertThat(line.path("function_request_id").asText()).hasSize(36);
        assertThat(line.at("/error/stack").asText())
                .contains("dev.statuswire.core.store.StoreException")
                .contains("\n\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Records\":", "[]", "{\"Records\":\"all\"}", "{\"Records\":[7]}"})
    void broken_event_is_reported_as_an_error_and_the_next_one_is_handled(String broken) {
        Answer.Failed failed = PROCESSOR.failed(broken);

        JsonNode error = Json.parse(failed.json()).orElseThrow();
        assertThat(error.get("errorType").asText()).isNotEmpty();
        assertThat(failed.type()).isEqualTo("Runtime.UserException");
        assertThat(PROCESSOR.returned("{\"Records\":[]}")).isEqualTo(NONE_FAILED);
    }

    @Test
    void daily_event_is_handled_by_each_function_although_the_database_is_unreachable() {
        FUNCTIONS.databaseProxy().set(new Fault.Reset());
        try {
            assertThat(List.of(PROCESSOR, WORKER, SWEEPER, RECORDER))
                    .allSatisfy(
                            it ->
                                    assertThat(it.returned(Functions.keepActive()))
                                            .isEqualTo("null"));
        } finally {
            FUNCTIONS.databaseProxy().heal();
        }
    }

    @Test
    void worker_runs_the_given_request() {
        RequestKey key = submit("given-order", "place-order", ORDER, Instant.now());

        String answer = WORKER.returned(workerEvent(key.owner(), key.id()));

        assertThat(answer).isEqualTo("null");
        assertThat(status(key)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void worker_reports_an_event_without_an_id_and_handles_the_next() {
        assertThat(WORKER.failed("{\"owner\":\"ada\"}").json()).contains("\"errorType\"");

        assertThat(WORKER.returned(workerEvent("ada", "unknown-request"))).isEqualTo("null");
    }

    @Test
    void sweeper_offers_overdue_requests_again() {
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        RequestKey key = submit("overdue-order", "place-order", ORDER, longAgo);

        String answer =
                SWEEPER.returned(
                        """
                        {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
                         "detail-type":"Scheduled Event","source":"aws.events",
                         "account":"123456789012","time":"2026-11-20T10:00:00Z",
                         "region":"us-east-1",
                         "resources":["arn:aws:events:us-east-1:123456789012:rule/sweep"],
                         "detail":{}}
                        """);

        assertThat(answer).isEqualTo("null");
        Request swept = FUNCTIONS.store().find(key).orElseThrow();
        assertThat(swept.status()).isEqualTo(Status.ACCEPTED);
        assertThat(swept.version()).isEqualTo(2);
    }

    @Test
    void timer_set_by_the_sweeper_fires_and_its_request_is_offered() throws Exception {
        Instant nearlyAMinuteAgo = Instant.now().minus(Duration.ofSeconds(58));
        RequestKey key = submit("timed-order", "place-order", ORDER, nearlyAMinuteAgo);
        SWEEPER.returned("{}");

        String message;
        do {
            message = TIMERS.take().getRecords().getFirst().getBody();
        } while (!message.contains(key.id()));
        String answer = TIMER.returned(sqsEvent(message));

        assertThat(answer).isEqualTo("null");
        assertThat(FUNCTIONS.store().find(key).orElseThrow().version()).isEqualTo(2);
    }

    private static String sqsEvent(String body) {
        var event = Json.MAPPER.createObjectNode();
        event.putArray("Records")
                .addObject()
                .put("messageId", "1")
                .put("eventSource", "aws:sqs")
                .put("body", body);
        return Json.write(event);
    }

    @Test
    void activity_recorder_records_a_real_stream_record() {
        UsersTable.firstItems()
                .forEach(
                        item ->
                                FUNCTIONS
                                        .engine()
                                        .client()
                                        .putItem(p -> p.tableName(Functions.USERS).item(item)));
        String event =
                StreamEvents.json(
                        FUNCTIONS.engine(),
                        Functions.USERS,
                        StreamEvents.records(FUNCTIONS.engine(), Functions.USERS));

        String answer = RECORDER.returned(event);

        assertThat(answer).isEqualTo(NONE_FAILED);
        var log =
                new ActivityLog(
                        FUNCTIONS.engine().client(), "statuswire-activity", InstantSource.system());
        assertThat(log.of("demo", new ActivityQuery("local", 100, Optional.empty())).entries())
                .hasSize(1);
        assertThat(RECORDER.log()).contains("\"message\":\"user activity {");
    }
}
