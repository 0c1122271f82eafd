package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.client.StatusDocument.Failure;
import dev.statuswire.client.StatusDocument.HistoryEntry;
import dev.statuswire.client.StatusDocument.Links;
import dev.statuswire.client.StatusDocument.OpenedLink;
import dev.statuswire.client.StatusDocument.Progress;
import dev.statuswire.client.StatusDocument.Status;
import dev.statuswire.client.StatusDocument.Step;
import dev.statuswire.client.StatusDocument.Undoing;
import dev.statuswire.client.StatusDocument.Waiting;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusDocumentTest {

    private static final JsonNode RETRYING =
            ClientJson.read(
                    """
                    {"id":"~0199a1f0-3c5e-7d42-9b1a-2f6c8e4d7a90","life":"0b9c5a1e","type":"place-order",
                     "status":"RETRYING","version":3,"attempt":2,"failures":1,
                     "notBefore":"2026-11-20T09:00:00.000Z","notAfter":"2026-11-20T11:00:00.000Z",
                     "tags":["trip-42","team:sales"],
                     "waiting":{"reason":"backoff","since":"2026-11-20T10:00:01.000Z",
                      "until":"2026-11-20T10:00:03.000Z"},
                     "input":{"dish":"soup","rate":0.10},
                     "progress":{"percent":40,"message":"cooking"},
                     "steps":[
                      {"name":"check-menu","status":"SUCCEEDED","startedAt":"2026-11-20T10:00:00.223Z",
                       "endedAt":"2026-11-20T10:00:00.301Z","output":{"available":true}},
                      {"name":"cook","status":"PENDING"}],
                     "result":null,
                     "error":{"code":"oven","message":"Too cold","step":"cook","retryable":true},
                     "undoing":null,
                     "cancelRequested":true,
                     "history":[
                      {"version":1,"at":"2026-11-20T10:00:00.123Z","event":"submitted","by":"owner"},
                      {"version":2,"at":"2026-11-20T10:00:01.000Z","event":"retrying","by":"system","code":"oven"}],
                     "createdAt":"2026-11-20T10:00:00.123Z","updatedAt":null,
                     "links":{"self":"/status/a","answer":null,"cancel":"/requests/a/cancel","delete":null,
                      "retry":null},
                     "added":7}
                    """);

    private static final String SECRET = "0mBkUvN6_5yYCcf0zWgVJA";

    private static final String BY_LINK =
            """
            "life":"0b9c5a1e","type":"expense-claim","status":"WAITING",
            "links":{"self":"/links/%1$s/status","answer":"/links/%1$s/answer","tickets":"/links/%1$s/tickets"},
            "link":{"scope":"answer","step":"approve","expiresAt":"2030-01-31T14:30:00.000Z"}
            """
                    .formatted(SECRET);

    @Test
    void every_member_is_read() {
        StatusDocument document = StatusDocument.of(RETRYING);

        Failure error = new Failure("oven", "Too cold", "cook", true);
        assertThat(document.id()).isEqualTo("~0199a1f0-3c5e-7d42-9b1a-2f6c8e4d7a90");
        assertThat(document.life()).isEqualTo("0b9c5a1e");
        assertThat(document.type()).isEqualTo("place-order");
        assertThat(document.status()).isEqualTo(Status.RETRYING);
        assertThat(document.version()).isEqualTo(3);
        assertThat(document.attempt()).isEqualTo(2);
        assertThat(document.failures()).isEqualTo(1);
        assertThat(document.notBefore()).isEqualTo("2026-11-20T09:00:00Z");
        assertThat(document.notAfter()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(document.tags()).containsExactly("trip-42", "team:sales");
        assertThat(document.waiting())
                .isEqualTo(
                        new Waiting(
                                "backoff",
                                Instant.parse("2026-11-20T10:00:01Z"),
                                Instant.parse("2026-11-20T10:00:03Z"),
                                null,
                                null));
        assertThat(document.input()).hasToString("{\"dish\":\"soup\",\"rate\":0.10}");
        assertThat(document.progress()).isEqualTo(new Progress(40, "cooking"));
        assertThat(document.steps())
                .containsExactly(
                        new Step(
                                "check-menu",
                                "SUCCEEDED",
                                Instant.parse("2026-11-20T10:00:00.223Z"),
                                Instant.parse("2026-11-20T10:00:00.301Z"),
                                ClientJson.read("{\"available\":true}"),
                                null),
                        new Step("cook", "PENDING", null, null, null, null));
        assertThat(document.result().isNull()).isTrue();
        assertThat(document.error()).isEqualTo(error);
        assertThat(document.undoing()).isNull();
        assertThat(document.cancelRequested()).isTrue();
        assertThat(document.history())
                .containsExactly(
                        new HistoryEntry(
                                1,
                                Instant.parse("2026-11-20T10:00:00.123Z"),
                                "submitted",
                                "owner",
                                null),
                        new HistoryEntry(
                                2,
                                Instant.parse("2026-11-20T10:00:01Z"),
                                "retrying",
                                "system",
                                "oven"));
        assertThat(document.createdAt()).isEqualTo("2026-11-20T10:00:00.123Z");
        assertThat(document.updatedAt()).isNull();
        assertThat(document.links())
                .isEqualTo(new Links("/status/a", null, "/requests/a/cancel", null, null));
        assertThat(document.raw()).isSameAs(RETRYING);
    }

    @Test
    void request_that_waits_for_an_answer_has_its_step_and_prompt() {
        StatusDocument document =
                document(
                        """
                        "status":"WAITING","waiting":{"reason":"answer","step":"approve","prompt":"Approve 250 EUR?"},
                        "steps":[{"name":"approve","status":"WAITING"}],"links":{"answer":"/requests/a/answer"}
                        """);

        assertThat(document.status()).isEqualTo(Status.WAITING);
        assertThat(document.isFinished()).isFalse();
        assertThat(document.waiting())
                .isEqualTo(new Waiting("answer", null, null, "approve", "Approve 250 EUR?"));
        assertThat(document.steps()).extracting(Step::status).containsExactly("WAITING");
        assertThat(document.links().answer()).isEqualTo("/requests/a/answer");
    }

    @Test
    void scheduled_request_is_not_finished() {
        StatusDocument document =
                document("\"status\":\"SCHEDULED\",\"waiting\":{\"reason\":\"schedule\"}");

        assertThat(document.status()).isEqualTo(Status.SCHEDULED);
        assertThat(document.isFinished()).isFalse();
        assertThat(document.waiting()).isEqualTo(new Waiting("schedule", null, null, null, null));
    }

    @Test
    void request_that_is_being_undone_has_its_outcome() {
        StatusDocument failing =
                document(
                        """
                        "undoing":{"outcome":"FAILED","error":{"code":"oven","message":"Too cold","retryable":true}},
                        "steps":[{"name":"pay","status":"UNDONE"}]
                        """);
        StatusDocument cancelled =
                document("\"undoing\":{\"outcome\":\"CANCELLED\",\"error\":null}");

        assertThat(failing.undoing())
                .isEqualTo(new Undoing(Status.FAILED, new Failure("oven", "Too cold", null, true)));
        assertThat(failing.steps()).extracting(Step::status).containsExactly("UNDONE");
        assertThat(cancelled.undoing()).isEqualTo(new Undoing(Status.CANCELLED, null));
    }

    @Test
    void reason_and_outcome_of_a_later_release_are_preserved() {
        StatusDocument document =
                document("\"waiting\":{\"reason\":\"quota\"},\"undoing\":{\"outcome\":\"PARKED\"}");

        assertThat(document.waiting()).isEqualTo(new Waiting("quota", null, null, null, null));
        assertThat(document.undoing()).isEqualTo(new Undoing(Status.UNKNOWN, null));
    }

    @Test
    void finished_request_can_be_deleted() {
        assertThat(document("\"links\":{\"delete\":\"/requests/a\"}").links().delete())
                .isEqualTo("/requests/a");
    }

    @Test
    void members_that_an_older_server_does_not_send_are_null_or_empty() {
        StatusDocument document = document("\"status\":\"RUNNING\"");

        assertThat(document.notBefore()).isNull();
        assertThat(document.notAfter()).isNull();
        assertThat(document.tags()).isEmpty();
        assertThat(document.waiting()).isNull();
        assertThat(document.undoing()).isNull();
        assertThat(document.links()).isEqualTo(new Links(null, null, null, null, null));
    }

    @Test
    void document_that_was_read_with_a_link_has_the_link_but_no_input() {
        StatusDocument document = document(BY_LINK);

        assertThat(document.link())
                .isEqualTo(
                        new OpenedLink("answer", "approve", Instant.parse("2030-01-31T14:30:00Z")));
        assertThat(document.links().answer()).isEqualTo("/links/%s/answer".formatted(SECRET));
        assertThat(document.links().cancel()).isNull();
        assertThat(document.input().isMissingNode()).isTrue();
        assertThat(StatusDocument.of(RETRYING).link()).isNull();
    }

    @Test
    void text_of_a_document_and_of_its_paths_does_not_contain_the_secret_of_a_link() {
        StatusDocument document = document(BY_LINK);

        assertThat(document)
                .hasToString(
                        "StatusDocument[id=some-id-1, life=0b9c5a1e, type=expense-claim,"
                                + " status=WAITING, version=1]");
        assertThat(document.links())
                .hasToString(
                        "Links[self=/links/-/status, answer=/links/-/answer, cancel=null,"
                                + " delete=null, retry=null]");
        assertThat(StatusDocument.of(RETRYING).links().toString())
                .contains("self=/status/a", "cancel=/requests/a/cancel");
    }

    private static StatusDocument document(String members) {
        return StatusDocument.of(
                ClientJson.read("{\"id\":\"some-id-1\",\"version\":1,%s}".formatted(members)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARKED", "UNKNOWN", "succeeded", ""})
    void unknown_status_is_preserved_and_not_finished(String text) {
        StatusDocument document = document("\"status\":\"%s\"".formatted(text));

        assertThat(document.status()).isEqualTo(Status.UNKNOWN);
        assertThat(document.statusText()).isEqualTo(text);
        assertThat(document.isFinished()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED"})
    void three_statuses_are_finished(Status status) {
        assertThat(status.isFinished()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{}", "{\"id\":\"some-id-1\"}", "{\"version\":1}"})
    void json_without_an_id_or_a_version_is_no_document(String json) {
        assertThatThrownBy(() -> StatusDocument.of(ClientJson.read(json)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
