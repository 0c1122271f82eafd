package dev.statuswire.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the contract check detects wrong responses and frames. */
final class ContractTest {

    private static final String HEALTH =
            """
            {"status":"up","components":{"database":"up"},"unreadableItems":0,"typeErrors":[]}
            """;

    private static Answer answer(int status, String mediaType, String body) {
        var headers = new HashMap<String, List<String>>();
        headers.put("Content-Type", List.of(mediaType));
        headers.put("Cache-Control", List.of("no-store"));
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body);
    }

    private static void assertBroken(String method, String path, Answer answer) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Contract.answer(method, path, answer));
    }

    @Test
    void a_declared_response_passes() {
        assertThatNoException()
                .isThrownBy(
                        () ->
                                Contract.answer(
                                        "GET", "/health", answer(200, "application/json", HEALTH)));
    }

    @Test
    void an_undeclared_status_fails() {
        assertBroken("GET", "/health", answer(201, "application/json", HEALTH));
        assertBroken("GET", "/health", answer(404, "application/json", HEALTH));
    }

    @Test
    void another_media_type_fails() {
        assertBroken("GET", "/health", answer(200, "text/plain", HEALTH));
    }

    @Test
    void a_body_that_breaks_its_schema_fails() {
        assertBroken("GET", "/health", answer(200, "application/json", "{\"status\":\"up\"}"));
        String more = HEALTH.replace("{\"status\"", "{\"more\":1,\"status\"");
        assertBroken("GET", "/health", answer(200, "application/json", more));
    }

    @Test
    void a_missing_header_fails() {
        var headers =
                HttpHeaders.of(
                        Map.of("Content-Type", List.of("application/json")), (name, value) -> true);
        assertBroken("GET", "/health", new Answer(200, headers, HEALTH));
    }

    @Test
    void an_undeclared_path_or_method_fails() {
        assertBroken("GET", "/nowhere", answer(200, "application/json", HEALTH));
        assertBroken("DELETE", "/health", answer(200, "application/json", HEALTH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscribe | {\"action\":\"subscribe\"}",
                "ping | {\"action\":\"ping\"}",
                "subscribed | {\"type\":\"subscribed\"}",
                "removed | {\"type\":\"removed\",\"id\":\"12345678\",\"life\":\"a\","
                        + "\"version\":4,\"createdAt\":\"2026-01-01T00:00:00.000Z\"}",
                "removed | {\"type\":\"removed\",\"id\":\"12345678\",\"life\":null,"
                        + "\"version\":0,\"createdAt\":null}",
                "pong | {\"type\":\"pong\"}",
                "error | {\"type\":\"error\",\"code\":\"unknown-action\",\"message\":\"No.\"}",
                "gatewayError | {\"message\":\"Internal server error\",\"connectionId\":\"a\","
                        + "\"requestId\":\"b\"}"
            })
    void a_frame_matches_its_message(String name, String frame) {
        assertThat(Contract.asyncApiMessage(json(frame))).isEqualTo(name);
    }

    @Test
    void a_status_frame_is_complete_or_partial_but_nothing_in_between() {
        ObjectNode document = document();
        assertThat(Contract.asyncApiMessage(status(document))).isEqualTo("status");
        ObjectNode between = document.deepCopy().put("partial", true);
        assertUnknown(status(between));
        ObjectNode partial = StatusDocuments.partial(document.deepCopy());
        assertThat(Contract.asyncApiMessage(status(partial))).isEqualTo("status");
        partial.remove("partial");
        assertUnknown(status(partial));
    }

    private static ObjectNode document() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var key = new RequestKey("local", "12345678");
        var request =
                store.submit(key, new Submission(TestTypes.ANY, "{}"), Instant.EPOCH).request();
        return new StatusDocuments(TestTypes.all()).of(request);
    }

    private static JsonNode status(ObjectNode document) {
        return Json.MAPPER.createObjectNode().put("type", "status").set("request", document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"type\":\"pong\",\"more\":1}",
                "{\"type\":\"status\",\"request\":{}}",
                "{\"type\":\"removed\",\"id\":\"x\",\"life\":null,\"version\":4,\"createdAt\":null}",
                "{\"type\":\"removed\",\"id\":\"12345678\"}"
            })
    void a_frame_that_matches_no_message_fails(String frame) {
        assertUnknown(json(frame));
    }

    private static void assertUnknown(JsonNode frame) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Contract.asyncApiMessage(frame));
    }

    private static JsonNode json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
