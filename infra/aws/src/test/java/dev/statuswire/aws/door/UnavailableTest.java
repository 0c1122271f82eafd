package dev.statuswire.aws.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import dev.statuswire.aws.door.gateway.GatewaySetup;
import dev.statuswire.aws.template.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that every unexpected response of DynamoDB becomes a 503, and that no part of it reaches a
 * client.
 */
final class UnavailableTest {

    private static final String ANY = "{\"type\":\"test-any\",\"input\":{}}";

    @ParameterizedTest
    @CsvSource({
        "400, com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        "400, com.amazonaws.dynamodb.v20120810#RequestLimitExceeded",
        "400, com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
        "400, com.amazon.coral.service#ThrottlingException",
        "400, com.amazon.coral.service#UnrecognizedClientException",
        "400, com.amazon.coral.service#AccessDeniedException",
        "400, com.amazonaws.dynamodb.v20120810#ItemCollectionSizeLimitExceededException",
        "500, com.amazonaws.dynamodb.v20120810#InternalServerError",
        "503, com.amazon.coral.service#ServiceUnavailableException"
    })
    void error_of_the_database_is_503(int status, String type) throws Exception {
        String body = "{\"__type\":\"%s\",\"message\":\"arn:aws:secret\"}".formatted(type);
        assertUnavailable(status, body);
        assertUnavailable(status, body.replace("message", "Message"));
    }

    /**
     * The error types are part of DynamoDB's contract; the prefixes and the wording of messages are
     * not.
     */
    @ParameterizedTest
    @CsvSource({
        "com.amazon.coral.validate#ValidationException,        secret,                 409, id-taken",
        "com.amazonaws.dynamodb.v20120810#ValidationException, secret,                 409, id-taken",
        "ValidationException,                                  '',                     409, id-taken",
        "com.amazon.coral.validate#ValidationException, who is :numberWouldLoseDigits?, 422, invalid-input",
    })
    void wording_of_an_error_makes_no_difference(
            String type, String text, int status, String problem) throws Exception {
        for (String key : List.of("message", "Message")) {
            HttpServer database =
                    answering(400, "{\"__type\":\"%s\",\"%s\":\"%s\"}".formatted(type, key, text));
            URI uri = URI.create("http://127.0.0.1:" + database.getAddress().getPort());
            try (var door = GatewayDoor.of(GatewaySetup.standard().over(uri))) {
                Answer answer = door.client().putJson("/requests/" + ApiClient.newId(), ANY);

                assertThat(answer.status()).as(answer.body()).isEqualTo(status);
                assertThat(answer.problem()).isEqualTo(problem);
                assertThat(answer.body()).doesNotContain("secret");
            } finally {
                database.stop(0);
            }
        }
    }

    @Test
    void response_that_is_not_from_a_database_is_503() throws Exception {
        assertUnavailable(500, "");
        assertUnavailable(502, "<html>secret</html>");
        assertUnavailable(400, "{}");
    }

    private static void assertUnavailable(int status, String body) throws IOException {
        HttpServer database = answering(status, body);
        try {
            assertUnavailable(database.getAddress().getPort());
        } finally {
            database.stop(0);
        }
    }

    private static HttpServer answering(int status, String body) throws IOException {
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(here, 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        return server;
    }

    @Test
    void unreachable_database_is_503() throws Exception {
        HttpServer database = answering(200, "");
        int port = database.getAddress().getPort();
        database.stop(0);
        assertUnavailable(port);
    }

    private static void assertUnavailable(int port) {
        URI uri = URI.create("http://127.0.0.1:" + port);
        try (var door = GatewayDoor.of(GatewaySetup.standard().over(uri))) {
            String id = ApiClient.newId();
            for (Answer answer :
                    List.of(
                            door.client().putJson("/requests/" + id, ANY),
                            door.client().get("/status/" + id))) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.problem()).isEqualTo("unavailable");
                assertThat(answer.json().path("instance").asText()).endsWith("/" + id);
                assertThat(answer.body()).doesNotContain("secret", "amazon", "Exception");
            }
        }
    }

    @Test
    void call_without_an_owner_stores_nothing() {
        assertStoresNothing(GatewaySetup.standard(), "");
        assertStoresNothing(
                GatewaySetup.standard().edited(UnavailableTest::withoutAuthorizer), "local");
    }

    private static void assertStoresNothing(GatewaySetup setup, String owner) {
        try (var door = GatewayDoor.of(setup)) {
            String path = "/requests/" + ApiClient.newId();
            assertThat(door.client().as(owner).putJson(path, ANY).status()).isEqualTo(503);
            assertThat(Database.client().scan(scan -> scan.tableName(door.table())).items())
                    .isEmpty();
        }
    }

    private static ObjectNode withoutAuthorizer(ObjectNode template) {
        template.path("Resources")
                .findParents("AuthorizationType")
                .forEach(it -> ((ObjectNode) it).put("AuthorizationType", "NONE"));
        return template;
    }
}
