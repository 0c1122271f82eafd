package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.client.StatusDocument.Failure;
import dev.statuswire.client.StatusDocument.HistoryEntry;
import dev.statuswire.client.StatusDocument.Progress;
import dev.statuswire.client.StatusDocument.Status;
import dev.statuswire.client.StatusDocument.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusDocumentTest {

    private static final JsonNode RUNNING =
            ClientJson.read(
                    """
                    {"id":"~0199a1f0-3c5e-7d42-9b1a-2f6c8e4d7a90","life":"0b9c5a1e","type":"place-order",
                     "status":"RUNNING","version":3,"attempt":2,"failures":1,"input":{"dish":"soup","rate":0.10},
                     "progress":{"percent":40,"message":"cooking"},
                     "steps":[
                      {"name":"check-menu","status":"SUCCEEDED","startedAt":"2026-11-20T10:00:00.223Z",
                       "endedAt":"2026-11-20T10:00:00.301Z","output":{"available":true}},
                      {"name":"cook","status":"PENDING"}],
                     "result":null,
                     "error":{"code":"oven","message":"Too cold","step":"cook","retryable":true},
                     "cancelRequested":true,
                     "history":[
                      {"version":1,"at":"2026-11-20T10:00:00.123Z","event":"submitted","by":"owner"},
                      {"version":2,"at":"2026-11-20T10:00:01.000Z","event":"retrying","by":"system","code":"oven"}],
                     "createdAt":"2026-11-20T10:00:00.123Z","updatedAt":null,"added":7}
                    """);

    @Test
    void every_member_is_read() {
        StatusDocument document = StatusDocument.of(RUNNING);

        Failure error = new Failure("oven", "Too cold", "cook", true);
        assertThat(document.id()).isEqualTo("~0199a1f0-3c5e-7d42-9b1a-2f6c8e4d7a90");
        assertThat(document.life()).isEqualTo("0b9c5a1e");
        assertThat(document.type()).isEqualTo("place-order");
        assertThat(document.status()).isEqualTo(Status.RUNNING);
        assertThat(document.version()).isEqualTo(3);
        assertThat(document.attempt()).isEqualTo(2);
        assertThat(document.failures()).isEqualTo(1);
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
        assertThat(document.raw()).isSameAs(RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAITING", "UNKNOWN", "succeeded", ""})
    void unknown_status_is_preserved_and_not_finished(String text) {
        StatusDocument document =
                StatusDocument.of(
                        ClientJson.read(
                                "{\"id\":\"some-id-1\",\"version\":1,\"status\":\"%s\"}"
                                        .formatted(text)));

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
