package dev.statuswire.tests.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.notifier.LiveHandler;
import dev.statuswire.notifier.StatusNotifier;
import dev.statuswire.notifier.TicketAuthorizer;
import dev.statuswire.tests.faults.Fault;
import dev.statuswire.tests.lambda.RuntimeApi.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of the notifier's zip as Lambda runs them. */
final class NotifierZipTest {

    private static final String ARN =
            "arn:aws:execute-api:us-east-1:123456789012:abcdef123/live/$connect";

    private static final String CONNECTIONS_TABLE = "statuswire-connections";

    /** The calls that the stand-in for {@code @connections} has received. */
    private static final BlockingQueue<String> PUSHES = new LinkedBlockingQueue<>();

    private static final HttpServer CONNECTIONS = connections();

    @RegisterExtension static final Functions FUNCTIONS = new Functions(Zip.NOTIFIER);

    private static final Function NOTIFIER =
            FUNCTIONS.start(
                    StatusNotifier.class,
                    Map.of(
                            "STATUSWIRE_CONNECTIONS_ENDPOINT",
                            "http://127.0.0.1:" + CONNECTIONS.getAddress().getPort() + "/live"));
    private static final Function LIVE = FUNCTIONS.start(LiveHandler.class, Map.of());
    private static final Function AUTHORIZER = FUNCTIONS.start(TicketAuthorizer.class, Map.of());

    private static HttpServer connections() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/live/@connections/",
                    exchange -> {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        PUSHES.add(
                                exchange.getRequestMethod()
                                        + " "
                                        + exchange.getRequestURI().getPath()
                                        + " "
                                        + new String(body, StandardCharsets.UTF_8));
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @AfterAll
    static void end() {
        CONNECTIONS.stop(0);
    }

    /** Returns an event as API Gateway sends it; only a {@code MESSAGE} has a body. */
    private static String live(String route, String type, String connectionId, String body) {
        return """
        {"requestContext":{"routeKey":"%s","eventType":"%s","authorizer":{"owner":"ada",
          "principalId":"ada","integrationLatency":12},"extendedRequestId":"Xyz=",
          "requestTime":"20/Nov/2026:10:00:00 +0000","messageDirection":"IN","stage":"live",
          "connectedAt":1795255200000,"requestTimeEpoch":1795255200123,
          "identity":{"sourceIp":"192.0.2.1","userAgent":"any"},"requestId":"Xyz=",
          "domainName":"abcdef123.execute-api.us-east-1.amazonaws.com",
          "connectionId":"%s","apiId":"abcdef123"},
         %s "isBase64Encoded":false}
        """
                .formatted(
                        route,
                        type,
                        connectionId,
                        body.isEmpty() ? "" : "\"body\":" + Json.MAPPER.valueToTree(body) + ",");
    }

    private static String authorize(String ticket) {
        return """
        {"type":"REQUEST","methodArn":"%s",
         "headers":{"Host":"abcdef123.execute-api.us-east-1.amazonaws.com"},
         "multiValueHeaders":{"Host":["abcdef123.execute-api.us-east-1.amazonaws.com"]},
         "queryStringParameters":{"ticket":"%s"},
         "multiValueQueryStringParameters":{"ticket":["%s"]},"stageVariables":{},
         "requestContext":{"routeKey":"$connect","eventType":"CONNECT","stage":"live",
          "identity":{"sourceIp":"192.0.2.1"},"connectionId":"Abc=","apiId":"abcdef123"}}
        """
                .formatted(ARN, ticket, ticket);
    }

    private static JsonNode json(String text) {
        return Json.parse(text).orElseThrow();
    }

    @Test
    void notifier_pushes_a_real_stream_record_to_subscribers() throws InterruptedException {
        LIVE.returned(live("subscribe", "MESSAGE", "Sub1=", "{\"action\":\"subscribe\"}"));
        var key = new RequestKey(Functions.OWNER, "pushed-order");
        FUNCTIONS
                .store()
                .submit(
                        key,
                        new Submission("place-order", "{\"dish\":\"soup\",\"quantity\":1}"),
                        Instant.now());

        String answer = NOTIFIER.returned(FUNCTIONS.eventOf(key));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(PUSHES.take())
                .startsWith("POST /live/@connections/Sub1= {\"type\":\"status\",\"request\":{")
                .contains("\"id\":\"pushed-order\"", "\"name\":\"check-menu\"");
    }

    @Test
    void notifier_reports_the_records_whose_subscribers_it_cannot_read() {
        var key = new RequestKey(Functions.OWNER, "unpushed-order");
        FUNCTIONS
                .store()
                .submit(
                        key,
                        new Submission("place-order", "{\"dish\":\"soup\",\"quantity\":1}"),
                        Instant.now());
        String event = FUNCTIONS.eventOf(key);

        FUNCTIONS.databaseProxy().set(new Fault.Reset());
        String answer = NOTIFIER.returned(event);
        FUNCTIONS.databaseProxy().heal();

        assertThat(json(answer).at("/batchItemFailures/0/itemIdentifier"))
                .isEqualTo(json(event).at("/Records/0/dynamodb/SequenceNumber"));
        assertThat(NOTIFIER.returned(event)).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$connect    | CONNECT    |                          |",
                "subscribe   | MESSAGE    | {\"action\":\"subscribe\"} | {\"type\":\"subscribed\"}",
                "ping        | MESSAGE    | {\"action\":\"ping\"}      | {\"type\":\"pong\"}",
                "$default    | MESSAGE    | nonsense                 | \"code\":\"unknown-action\"",
                "$disconnect | DISCONNECT |                          |",
            })
    void live_handler_handles_each_route(String route, String type, String body, String answer) {
        JsonNode response =
                json(LIVE.returned(live(route, type, "Abc=", body == null ? "" : body)));

        assertThat(response.get("statusCode").asInt()).isEqualTo(200);
        assertThat(response.path("body").asText("")).contains(answer == null ? "" : answer);
    }

    @Test
    void live_handler_refuses_a_connection_without_an_owner_from_the_authorizer() {
        String event = live("$connect", "CONNECT", "Abc=", "").replace("\"owner\"", "\"other\"");

        assertThat(json(LIVE.returned(event)).get("statusCode").asInt()).isEqualTo(403);
    }

    @Test
    void authorizer_returns_a_policy_and_accepts_a_ticket_once() {
        String ticket =
                new DynamoDbTickets(
                                FUNCTIONS.engine().client(),
                                CONNECTIONS_TABLE,
                                new SecureRandom(),
                                InstantSource.system())
                        .issue(Topic.ofOwner("ada"))
                        .value();

        JsonNode allowed = json(AUTHORIZER.returned(authorize(ticket)));
        JsonNode denied = json(AUTHORIZER.returned(authorize(ticket)));

        assertThat(allowed)
                .isEqualTo(
                        json(
                                """
                                {"principalId":"ada","context":{"owner":"ada"},
                                 "policyDocument":{"Version":"2012-10-17","Statement":[
                                  {"Effect":"Allow","Action":"execute-api:Invoke",
                                   "Resource":["%s"],"Condition":{}}]}}
                                """
                                        .formatted(ARN)));
        assertThat(denied.at("/policyDocument/Statement/0/Effect").asText()).isEqualTo("Deny");
        assertThat(AUTHORIZER.log()).doesNotContain(ticket);
    }

    @Test
    void broken_events_are_reported_as_errors_and_the_next_ones_are_handled() {
        assertThat(NOTIFIER.failed("{\"Records\":[{\"dynamodb\":7}]}").json())
                .contains("\"errorType\"");
        assertThat(LIVE.failed("7").json()).contains("\"errorType\"");
        assertThat(AUTHORIZER.failed("[").json()).contains("\"errorType\"");

        assertThat(NOTIFIER.returned("{\"Records\":[]}")).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(LIVE.returned(live("ping", "MESSAGE", "Abc=", "{}"))).contains("pong");
        assertThat(AUTHORIZER.returned(authorize("unknown"))).contains("Deny");
    }

    @Test
    void daily_event_is_handled_by_each_function_although_the_database_is_unreachable() {
        FUNCTIONS.databaseProxy().set(new Fault.Reset());
        try {
            assertThat(List.of(NOTIFIER, LIVE, AUTHORIZER))
                    .allSatisfy(
                            it ->
                                    assertThat(it.returned(Functions.keepActive()))
                                            .isEqualTo("null"));
        } finally {
            FUNCTIONS.databaseProxy().heal();
        }
    }

    @Test
    void snapshots_were_primed_without_leaving_data_behind() {
        for (Function function : List.of(NOTIFIER, LIVE, AUTHORIZER)) {
            assertThat(function.returned(Functions.keepActive())).isEqualTo("null");
            assertThat(function.wasRestored()).isTrue();
            assertThat(function.log())
                    .contains("primed; a snapshot is taken")
                    .doesNotContain("priming failed");
        }
        assertThat(FUNCTIONS.engine().client().scan(s -> s.tableName(CONNECTIONS_TABLE)).items())
                .noneMatch(row -> row.toString().contains(PrimingEvents.REQUEST.owner()));
    }

    @Test
    void function_without_a_required_setting_fails_to_start() throws InterruptedException {
        try (Function wrong = FUNCTIONS.start(StatusNotifier.class, Map.of())) {
            Answer.Failed error = wrong.initError();

            assertThat(json(error.json()).get("errorMessage").asText())
                    .startsWith("STATUSWIRE_CONNECTIONS_ENDPOINT is not set");
            assertThat(wrong.exitCode()).isEqualTo(1);
        }
    }
}
