package dev.statuswire.api.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The function responds to events as the server responds to HTTP. */
final class ApiFunctionTest {

    private static final String ANY = "{\"type\":\"test-any\",\"input\":{}}";

    private static final ApiServer.Parts PARTS = parts();
    private static final ApiServer OVER_HTTP = ApiServer.start(PARTS);
    private static final ApiFunction FUNCTION =
            new ApiFunction(ApiServer.api(PARTS), FunctionHost.NONE);
    private static final EventGateway GATEWAY = gateway();

    private final ApiClient client = new ApiClient(GATEWAY.port());

    private static ApiServer.Parts parts() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        return new ApiServer.Parts(store, store);
    }

    private static EventGateway gateway() {
        try {
            return new EventGateway(FUNCTION);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
        OVER_HTTP.close();
    }

    @Test
    void request_is_submitted_read_listed_cancelled_and_retried_by_events() {
        String id = ApiClient.newId();
        Answer accepted = client.putJson("/requests/" + id, ANY);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Location")).isEqualTo("/status/" + id);

        assertThat(client.putJson("/requests/" + id, ANY).status()).isEqualTo(200);
        assertThat(client.putJson("/requests/" + id, ANY.replace("{}", "{\"a\":1}")).status())
                .isEqualTo(409);

        Answer status = client.get("/status/" + id);
        assertThat(status.header("ETag")).isEqualTo(accepted.documentTag());
        Answer same = client.get("/status/" + id, "If-None-Match", accepted.documentTag());
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();

        Answer list = client.get("/requests?limit=100&status=ACCEPTED%2CRUNNING&type=test-any");
        assertThat(list.json().path("requests").findValuesAsText("id")).contains(id);

        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(202);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(202);
        assertThat(client.post("/live/tickets").status()).isEqualTo(201);
    }

    @Test
    void call_can_wait_for_a_change() {
        String id = ApiClient.newId();
        String tag = client.putJson("/requests/" + id, ANY).documentTag();

        Answer answer = client.get("/status/" + id, "If-None-Match", tag, "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /types",
        "HEAD,    /types",
        "OPTIONS, /types",
        "DELETE,  /types",
        "PATCH,   /requests/0123456789",
        "GET,     /openapi.yaml",
        "GET,     /nowhere",
        "GET,     /status/caf%C3%A9%2Fcaf%C3%A9",
        "GET,     /status/a%20b",
        "GET,     /status/0123456789",
        "GET,     /requests?limit=1&limit=2",
        "GET,     /requests?cursor=%2B%26%3D%20",
        "GET,     /requests?limit",
        "POST,    /requests",
        "PUT,     /requests/short",
        "PUT,     /requests/0123456789",
        "POST,    /requests/0123456789/cancel"
    })
    void event_gets_the_same_response_as_http(String method, String target) {
        Answer byEvent = client.send(method, target, null);
        Answer byHttp = OVER_HTTP.client().send(method, target, null);

        assertSame(byEvent, byHttp);
    }

    @Test
    void body_that_is_too_large_is_refused_as_over_http() {
        byte[] body = "x".repeat(70 * 1024).getBytes(StandardCharsets.UTF_8);

        assertSame(
                client.send("POST", "/requests", body, "Content-Type", "application/json"),
                OVER_HTTP
                        .client()
                        .send("POST", "/requests", body, "Content-Type", "application/json"));
    }

    @Test
    void list_of_large_requests_is_returned_page_by_page() throws IOException {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        String input = "[" + "\"\",".repeat(21_800) + "\"\"]";
        for (int n = 0; n < 100; n++) {
            var key = new RequestKey("local", "request-%03d".formatted(n));
            store.submit(key, new Submission("test-any", input), Instant.EPOCH);
        }
        var function =
                new ApiFunction(
                        ApiServer.api(new ApiServer.Parts(store, store)), FunctionHost.NONE);
        try (var gateway = new EventGateway(function)) {
            var large = new ApiClient(gateway.port());
            var ids = new ArrayList<String>();
            String cursor = "";
            JsonNode next;
            do {
                Answer page = large.get("/requests?limit=100" + cursor);
                assertThat(page.status()).isEqualTo(200);
                ids.addAll(page.json().path("requests").findValuesAsText("id"));
                next = page.json().path("next");
                cursor = "&cursor=" + next.asText();
            } while (!next.isNull());
            assertThat(ids).hasSize(100).doesNotHaveDuplicates();
        }
    }

    private static void assertSame(Answer byEvent, Answer byHttp) {
        assertThat(byEvent.status()).isEqualTo(byHttp.status());
        assertThat(byEvent.body()).isEqualTo(byHttp.body());
        for (String header : List.of("Content-Type", "Allow", "Cache-Control", "Retry-After")) {
            assertThat(byEvent.headers().allValues(header))
                    .as(header)
                    .isEqualTo(byHttp.headers().allValues(header));
        }
    }

    @Test
    void host_is_the_one_that_the_client_called() {
        APIGatewayProxyResponseEvent answer =
                FUNCTION.respond(event("GET", "/types", "evil.example.org"), Duration.ofSeconds(5));

        assertThat(answer.getStatusCode()).isEqualTo(421);
    }

    @Test
    void call_that_takes_too_long_is_503() {
        String id = ApiClient.newId();
        String tag = client.putJson("/requests/" + id, ANY).documentTag();
        var event = event("GET", "/status/" + id, "localhost");
        event.setHeaders(Map.of("Host", "localhost", "If-None-Match", tag, "Prefer", "wait=2"));
        event.setMultiValueHeaders(null);

        APIGatewayProxyResponseEvent answer = FUNCTION.respond(event, Duration.ofMillis(200));

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getMultiValueHeaders()).containsEntry("Retry-After", List.of("1"));
        assertThat(answer.getBody()).contains("\"status\":503").doesNotContain("xception");
    }

    @Test
    void event_without_a_call_is_503() {
        APIGatewayProxyResponseEvent answer =
                FUNCTION.respond(new APIGatewayProxyRequestEvent(), Duration.ofSeconds(5));

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody()).doesNotContain("xception");
    }

    private static APIGatewayProxyRequestEvent event(String method, String path, String host) {
        var event = new APIGatewayProxyRequestEvent();
        event.setHttpMethod(method);
        event.setPath(path);
        event.setMultiValueHeaders(Map.of("Host", List.of(host)));
        return event;
    }
}
