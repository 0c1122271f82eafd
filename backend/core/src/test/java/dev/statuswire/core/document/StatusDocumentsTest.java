package dev.statuswire.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusDocumentsTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-11-20T10:00:01Z");
    private static final RequestError ERROR = new RequestError("oven", "It is cold.", "cook", true);
    private static final StepState CHECKED =
            StepState.pending("check-menu").started(START).succeeded("{\"ok\":true}", LATER);
    private static final StepState COOKING = StepState.pending("cook").started(LATER);
    private static final StepState TO_SERVE = StepState.pending("serve");
    private static final Request RUNNING =
            new Request(
                    new RequestKey("ada", "request-1"),
                    null,
                    1,
                    "place-order",
                    "{\"dish\":\"soup\"}",
                    SubmissionOptions.NONE,
                    Status.RUNNING,
                    Status.RUNNING.name(),
                    3,
                    1,
                    1,
                    0,
                    List.of(CHECKED, COOKING, TO_SERVE),
                    new Progress(40, "cooking"),
                    null,
                    null,
                    null,
                    null,
                    false,
                    false,
                    START,
                    LATER,
                    LATER,
                    null,
                    null,
                    List.of(
                            new HistoryEntry(1, START, "submitted", "owner", null),
                            new HistoryEntry(2, LATER, "failed", "system", "oven")));

    private final StatusDocuments documents =
            new StatusDocuments(
                    RequestTypes.of(
                            List.of(TestType.of("place-order", "check-menu", "cook", "serve"))));

    @Test
    void document_has_the_keys_of_the_contract_in_order() {
        assertThat(Json.write(documents.of(RUNNING)))
                .isEqualTo(
                        """
                        {"id":"request-1","life":null,"type":"place-order","status":"RUNNING","version":3,\
                        "attempt":1,"input":{"dish":"soup"},\
                        "notBefore":null,"notAfter":null,"tags":[],"waiting":null,\
                        "progress":{"percent":40,"message":"cooking"},\
                        "steps":[{"name":"check-menu","status":"SUCCEEDED",\
                        "startedAt":"2026-11-20T10:00:00.123Z",\
                        "endedAt":"2026-11-20T10:00:01.000Z","output":{"ok":true}},\
                        {"name":"cook","status":"RUNNING","startedAt":"2026-11-20T10:00:01.000Z"},\
                        {"name":"serve","status":"PENDING"}],\
                        "result":null,"error":null,"undoing":null,"cancelRequested":false,\
                        "history":[{"version":1,"at":"2026-11-20T10:00:00.123Z",\
                        "event":"submitted","by":"owner"},\
                        {"version":2,"at":"2026-11-20T10:00:01.000Z","event":"failed",\
                        "by":"system","code":"oven"}],\
                        "createdAt":"2026-11-20T10:00:00.123Z",\
                        "updatedAt":"2026-11-20T10:00:01.000Z",\
                        "links":{"self":"/status/request-1","answer":null,\
                        "cancel":"/requests/request-1/cancel","delete":null,"retry":null}}\
                        """);
    }

    @Test
    void unclaimed_request_has_the_steps_of_its_type() {
        JsonNode document = documents.of(request(Status.ACCEPTED, "place-order", List.of()));

        assertThat(Json.write(document.get("steps")))
                .isEqualTo(
                        """
                        [{"name":"check-menu","status":"PENDING"},\
                        {"name":"cook","status":"PENDING"},{"name":"serve","status":"PENDING"}]\
                        """);
    }

    @Test
    void request_of_a_removed_type_has_no_steps() {
        assertThat(documents.of(request(Status.ACCEPTED, "gone", List.of())).get("steps"))
                .isEmpty();
    }

    /** Rows: the stored status of a step. Columns: the current status of its request. */
    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {
                "stored,    SCHEDULED, ACCEPTED,  RUNNING,   RETRYING,  WAITING,   SUCCEEDED, FAILED,    CANCELLED, OTHER",
                "PENDING,   PENDING,   PENDING,   PENDING,   PENDING,   PENDING,   PENDING,   PENDING,   PENDING,   PENDING",
                "RUNNING,   PENDING,   PENDING,   RUNNING,   PENDING,   PENDING,   PENDING,   FAILED,    CANCELLED, RUNNING",
                "WAITING,   PENDING,   PENDING,   PENDING,   PENDING,   WAITING,   PENDING,   PENDING,   CANCELLED, WAITING",
                "SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED",
                "UNDONE,    UNDONE,    UNDONE,    UNDONE,    UNDONE,    UNDONE,    UNDONE,    UNDONE,    UNDONE,    UNDONE",
                "FAILED,    FAILED,    PENDING,   FAILED,    FAILED,    FAILED,    FAILED,    FAILED,    FAILED,    FAILED",
                "CANCELLED, CANCELLED, CANCELLED, CANCELLED, CANCELLED, CANCELLED, CANCELLED, CANCELLED, CANCELLED, CANCELLED"
            })
    void shown_status_of_a_step_depends_on_its_request(
            StepStatus stored,
            StepStatus scheduled,
            StepStatus accepted,
            StepStatus running,
            StepStatus retrying,
            StepStatus waiting,
            StepStatus succeeded,
            StepStatus failed,
            StepStatus cancelled,
            StepStatus other) {
        assertThat(shown(stored))
                .containsExactly(
                        scheduled, accepted, running, retrying, waiting, succeeded, failed,
                        cancelled, other);
    }

    @Test
    void failed_step_shows_its_error_until_the_request_is_accepted_again() {
        var failed = COOKING.failed(ERROR, LATER);

        JsonNode retrying = documents.of(request(Status.RETRYING, "t", List.of(failed)));
        JsonNode accepted = documents.of(request(Status.ACCEPTED, "t", List.of(failed)));

        assertThat(Json.write(retrying.at("/steps/0/error")))
                .isEqualTo(
                        """
                        {"code":"oven","message":"It is cold.","step":"cook","retryable":true}\
                        """);
        assertThat(Json.write(accepted.at("/steps/0")))
                .isEqualTo("{\"name\":\"cook\",\"status\":\"PENDING\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, false, true, false",
        "RUNNING, false, true, false",
        "RUNNING, true, false, false",
        "RETRYING, false, true, false",
        "SUCCEEDED, false, false, false",
        "FAILED, false, false, true",
        "CANCELLED, false, false, true",
        "CANCELLED, true, false, true"
    })
    void links_contain_only_the_possible_actions(
            Status status, boolean cancelRequested, boolean cancel, boolean retry) {
        JsonNode links =
                documents
                        .of(request(status, "t", "{}", null, null, cancelRequested, List.of()))
                        .get("links");

        assertThat(links.get("self").textValue()).isEqualTo("/status/request-1");
        assertThat(links.get("cancel").textValue())
                .isEqualTo(cancel ? "/requests/request-1/cancel" : null);
        assertThat(links.get("retry").textValue())
                .isEqualTo(retry ? "/requests/request-1/retry" : null);
    }

    @Test
    void result_and_error_are_shown() {
        var request = request(Status.FAILED, "t", "{}", "{\"a\":1}", ERROR, false, List.of());

        JsonNode document = documents.of(request);

        assertThat(document.at("/result/a").intValue()).isEqualTo(1);
        assertThat(document.at("/error/code").textValue()).isEqualTo("oven");
    }

    @Test
    void stored_text_that_is_not_json_is_shown_as_a_string() {
        var step = StepState.pending("one").started(START).succeeded("{", LATER);

        JsonNode document =
                documents.of(
                        request(
                                Status.SUCCEEDED,
                                "t",
                                "dish=soup",
                                "a b",
                                null,
                                false,
                                List.of(step)));

        assertThat(document.get("input").textValue()).isEqualTo("dish=soup");
        assertThat(document.get("result").textValue()).isEqualTo("a b");
        assertThat(document.at("/steps/0/output").textValue()).isEqualTo("{");
    }

    @Test
    void missing_times_are_null() {
        JsonNode document = documents.of(request(Status.ACCEPTED, "t", List.of()));

        assertThat(document.get("createdAt").isNull()).isTrue();
        assertThat(document.get("updatedAt").isNull()).isTrue();
    }

    @Test
    void partial_document_lacks_only_what_may_be_large() {
        ObjectNode whole = documents.of(RUNNING);
        ObjectNode partial = StatusDocuments.partial(whole.deepCopy());

        assertThat(partial.get("partial").booleanValue()).isTrue();
        whole.remove(List.of("input", "result", "history"));
        ((ObjectNode) whole.at("/steps/0")).remove("output");
        assertThat(partial).isEqualTo(whole.put("partial", true));
    }

    private List<StepStatus> shown(StepStatus stored) {
        var step = new StepState("one", stored, START, null, null, null);
        return List.of(Status.values()).stream()
                .map(status -> documents.of(request(status, "t", List.of(step))))
                .map(document -> document.at("/steps/0/status").textValue())
                .map(StepStatus::valueOf)
                .toList();
    }

    private static Request request(Status status, String type, List<StepState> steps) {
        return request(status, type, "{}", null, null, false, steps);
    }

    private static Request request(
            Status status,
            String type,
            String input,
            @Nullable String result,
            @Nullable RequestError error,
            boolean cancelRequested,
            List<StepState> steps) {
        return new Request(
                RUNNING.key(),
                null,
                1,
                type,
                input,
                SubmissionOptions.NONE,
                status,
                status.name(),
                1,
                0,
                0,
                0,
                steps,
                null,
                null,
                null,
                result,
                error,
                cancelRequested,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
