package dev.statuswire.tests.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.function.ApiFunction;
import dev.statuswire.core.json.Json;
import dev.statuswire.identity.testing.Issuer;
import dev.statuswire.tests.lambda.RuntimeApi.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The API's function as Lambda runs it: restored from a snapshot, and invoked with API Gateway's
 * events.
 */
final class ApiZipTest {

    private static final String HOST = "abcdef123.execute-api.us-east-1.amazonaws.com";
    private static final String ORDER =
            "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"quantity\":1}}";

    private static final String AUDIENCE = "statuswire";
    private static final Issuer ISSUER = new Issuer();

    @RegisterExtension static final Functions FUNCTIONS = new Functions(Zip.API);

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    private static final Function API =
            FUNCTIONS.start(
                    ApiFunction.class,
                    Map.of(
                            "STATUSWIRE_OIDC_ISSUER",
                            ISSUER.address().toString(),
                            "STATUSWIRE_OIDC_AUDIENCE",
                            AUDIENCE,
                            "STATUSWIRE_ALLOWED_HOSTS",
                            HOST,
                            "STATUSWIRE_LIVE_URL",
                            "wss://live.example.org/live"));
    private static final Function WITHOUT_ISSUER =
            FUNCTIONS.start(ApiFunction.class, Map.of("STATUSWIRE_ALLOWED_HOSTS", HOST));

    /** Returns an event as the gateway sends it, with this method, path and body. */
    private static ObjectNode event(String method, String path, @Nullable String body) {
        try (InputStream file =
                Objects.requireNonNull(
                        ApiZipTest.class.getResourceAsStream("api-gateway-event.json"))) {
            var event = (ObjectNode) Json.MAPPER.readTree(file);
            event.put("httpMethod", method).put("path", path).put("body", body);
            event.withArray("/multiValueHeaders/Authorization")
                    .add("Bearer " + ISSUER.tokenOf("ada", AUDIENCE));
            if (body != null) {
                event.withArray("/multiValueHeaders/Content-Type").add("application/json");
            }
            return event;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode answer(ObjectNode event) {
        return Json.parse(API.returned(Json.write(event))).orElseThrow();
    }

    private static JsonNode document(JsonNode answer) {
        return Json.parse(answer.path("body").asText()).orElseThrow();
    }

    private static String header(JsonNode answer, String name) {
        return answer.at("/multiValueHeaders/" + name + "/0").asText();
    }

    @Test
    void request_is_put_read_listed_and_cancelled() {
        JsonNode accepted = answer(event("PUT", "/requests/order-0001", ORDER));
        assertThat(accepted.path("statusCode").asInt()).isEqualTo(202);
        assertThat(header(accepted, "Location")).isEqualTo("/status/order-0001");
        assertThat(accepted.path("isBase64Encoded").asBoolean()).isFalse();

        JsonNode status = answer(event("GET", "/status/order-0001", null));
        assertThat(header(status, "ETag")).endsWith("-1\"");
        assertThat(document(status).path("status").asText()).isEqualTo("ACCEPTED");

        ObjectNode list = event("GET", "/requests", null);
        list.withArray("/multiValueQueryStringParameters/status").add("ACCEPTED,RUNNING");
        assertThat(document(answer(list)).path("requests").findValuesAsText("id"))
                .contains("order-0001");

        JsonNode cancelled = answer(event("POST", "/requests/order-0001/cancel", null));
        assertThat(cancelled.path("statusCode").asInt()).isEqualTo(202);
    }

    /**
     * Each would occupy an invocation. The function gets status paths that the gateway does not
     * read itself.
     */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void no_call_waits_in_the_function(String method) {
        answer(event("PUT", "/requests/order-0004", ORDER));
        ObjectNode event = event(method, "/status/order-0004", null);
        event.withArray("/multiValueHeaders/Prefer").add("wait=20");

        JsonNode status = answer(event);

        assertThat(status.path("statusCode").asInt()).isEqualTo(200);
        assertThat(status.path("multiValueHeaders").has("Preference-Applied")).isFalse();
    }

    @Test
    void daily_event_is_handled_without_calling_the_api() {
        assertThat(API.returned(Functions.keepActive())).isEqualTo("null");
    }

    /** The gateway lets no such call through, but the function does not rely on it. */
    @Test
    void call_without_a_token_is_401() {
        ObjectNode event = event("GET", "/status/order-0001", null);
        event.withObject("/multiValueHeaders").remove("Authorization");

        assertThat(answer(event).path("statusCode").asInt()).isEqualTo(401);
    }

    @Test
    void base64_body_is_decoded() {
        ObjectNode event = event("PUT", "/requests/order-0002", ORDER);
        event.put("isBase64Encoded", true)
                .put(
                        "body",
                        Base64.getEncoder().encodeToString(ORDER.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer(event).path("statusCode").asInt()).isEqualTo(202);
    }

    @Test
    void types_of_the_layer_are_listed_and_their_schemas_are_enforced() {
        assertThat(answer(event("GET", "/types", null)).path("body").asText())
                .contains("place-order", "register-user");

        JsonNode refused =
                answer(event("PUT", "/requests/order-0003", ORDER.replace("soup", "fish")));
        assertThat(refused.path("statusCode").asInt()).isEqualTo(422);
        assertThat(document(refused).at("/errors/0/pointer").asText()).isEqualTo("/input/dish");
    }

    @Test
    void ticket_has_the_configured_live_url() {
        JsonNode ticket = document(answer(event("POST", "/live/tickets", null)));

        assertThat(ticket.path("url").asText())
                .isEqualTo("wss://live.example.org/live?ticket=" + ticket.path("ticket").asText());
        assertThat(ticket.path("ticket").asText()).hasSize(32);
    }

    @Test
    void host_that_is_not_allowed_is_refused() {
        ObjectNode event = event("GET", "/types", null);
        event.withArray("/multiValueHeaders/Host").removeAll().add("evil.example.org");

        assertThat(answer(event).path("statusCode").asInt()).isEqualTo(421);
    }

    @Test
    void snapshot_was_primed_and_restored() {
        answer(event("GET", "/health", null));

        assertThat(API.wasRestored()).isTrue();
        assertThat(API.log()).contains("primed; a snapshot is taken");
        assertThat(API.log().lines().filter(line -> line.contains("WARN")))
                .allMatch(line -> line.contains("timed out; reporting it as down"), "slow machine");
    }

    @Test
    void health_checks_the_database() {
        assertThat(answer(event("GET", "/health", null)).path("statusCode").asInt()).isEqualTo(200);
    }

    @Test
    void function_without_an_issuer_refuses_to_start() throws InterruptedException {
        Answer.Failed error = WITHOUT_ISSUER.initError();

        assertThat(error.json()).contains("STATUSWIRE_OIDC_ISSUER is not set");
        assertThat(WITHOUT_ISSUER.exitCode()).isEqualTo(1);
    }
}
