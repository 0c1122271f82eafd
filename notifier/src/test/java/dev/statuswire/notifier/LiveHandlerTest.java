package dev.statuswire.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.notifier.testing.Contexts;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class LiveHandlerTest {

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private final String table = ConnectionTables.create(DATABASE);
    private final ConnectionStore connections = connections(DATABASE.client());
    private final LiveHandler handler = new LiveHandler(connections, FunctionHost.NONE);

    private ConnectionStore connections(DynamoDbClient client) {
        return new DynamoDbConnectionStore(client, table, 2, new ManualClock());
    }

    @Test
    void connecting_alone_subscribes_to_nothing() {
        assertThat(handle("$connect", "a1").getStatusCode()).isEqualTo(200);
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).isEmpty();
    }

    @Test
    void the_row_exists_once_subscribed_is_returned() {
        assertThat(frame(handle("subscribe", "a1"))).isEqualTo(json("{\"type\":\"subscribed\"}"));
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).containsExactly("a1");
    }

    @Test
    void one_connection_too_many_gets_an_error() {
        handle("subscribe", "a1");
        handle("subscribe", "a2");

        assertThat(error(handle("subscribe", "a3"))).isEqualTo("too-many-connections");
        assertThat(connections.subscribers(Topic.ofOwner("ann")))
                .containsExactlyInAnyOrder("a1", "a2");
    }

    @Test
    void disconnecting_deletes_the_connection() {
        handle("subscribe", "a1");

        assertThat(handle("$disconnect", "a1").getStatusCode()).isEqualTo(200);
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).isEmpty();
    }

    @Test
    void a_connection_by_a_link_subscribes_to_its_request_only() {
        Map<String, Object> byLink = Map.of("linkOwner", "ann", "linkRequest", "request-1");
        Topic topic = Topic.ofRequest(new RequestKey("ann", "request-1"));

        var subscribed = handler.handleRequest(event("subscribe", "w1", byLink), Contexts.NONE);

        assertThat(frame(subscribed)).isEqualTo(json("{\"type\":\"subscribed\"}"));
        assertThat(connections.subscribers(topic)).containsExactly("w1");
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).isEmpty();
        assertThat(handler.handleRequest(event("$disconnect", "w1", byLink), Contexts.NONE))
                .returns(200, APIGatewayV2WebSocketResponse::getStatusCode);
        assertThat(connections.subscribers(topic)).isEmpty();
    }

    @Test
    void connections_by_links_do_not_count_as_those_of_the_owner() {
        Map<String, Object> byLink = Map.of("linkOwner", "ann", "linkRequest", "request-1");
        for (String connection : new String[] {"w1", "w2"}) {
            handler.handleRequest(event("subscribe", connection, byLink), Contexts.NONE);
        }

        assertThat(error(handler.handleRequest(event("subscribe", "w3", byLink), Contexts.NONE)))
                .isEqualTo("too-many-connections");
        assertThat(frame(handle("subscribe", "a1"))).isEqualTo(json("{\"type\":\"subscribed\"}"));
    }

    @Test
    void a_request_without_an_owner_is_refused() {
        var response =
                handler.handleRequest(
                        event("subscribe", "w1", Map.of("linkRequest", "request-1")),
                        Contexts.NONE);

        assertThat(response.getStatusCode()).isEqualTo(403);
    }

    @Test
    void a_ping_gets_a_pong() {
        assertThat(frame(handle("ping", "a1"))).isEqualTo(json("{\"type\":\"pong\"}"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{", "[]", "{\"action\":\"shout\"}", "{\"action\":7}"})
    void any_other_message_is_an_unknown_action(@Nullable String body) {
        APIGatewayV2WebSocketEvent event = event("$default", "a1", Map.of("owner", "ann"));
        event.setBody(body);
        APIGatewayV2WebSocketResponse response = handler.handleRequest(event, Contexts.NONE);

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(error(response)).isEqualTo("unknown-action");
        assertThat(frame(response).path("message").asText()).contains("subscribe", "ping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$connect", "subscribe", "ping", "$disconnect", "$default"})
    void without_an_owner_every_route_returns_403(String route) {
        assertThat(handler.handleRequest(event(route, "a1", Map.of()), Contexts.NONE))
                .returns(403, APIGatewayV2WebSocketResponse::getStatusCode);
        var response =
                handler.handleRequest(event(route, "a1", Map.of("owner", "")), Contexts.NONE);
        assertThat(response.getStatusCode()).isEqualTo(403);
        assertThat(DATABASE.client().scan(scan -> scan.tableName(table)).items()).isEmpty();
    }

    @Test
    void an_unreachable_database_is_reported_and_never_as_subscribed() {
        LiveHandler dead =
                new LiveHandler(connections(ConnectionTables.outOfReach()), FunctionHost.NONE);
        Map<String, Object> ann = Map.of("owner", "ann");

        assertThat(error(dead.handleRequest(event("subscribe", "a1", ann), Contexts.NONE)))
                .isEqualTo("unavailable");
        assertThat(dead.handleRequest(event("$disconnect", "a1", ann), Contexts.NONE))
                .returns(200, APIGatewayV2WebSocketResponse::getStatusCode);
    }

    private APIGatewayV2WebSocketResponse handle(String route, String connectionId) {
        return handler.handleRequest(
                event(route, connectionId, Map.of("owner", "ann", "principalId", "ann")),
                Contexts.NONE);
    }

    private static APIGatewayV2WebSocketEvent event(
            String route, String connectionId, Map<String, Object> authorizer) {
        RequestContext context = new RequestContext();
        context.setRouteKey(route);
        context.setConnectionId(connectionId);
        context.setAuthorizer(authorizer);
        APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
        event.setRequestContext(context);
        return event;
    }

    private static String error(APIGatewayV2WebSocketResponse response) {
        assertThat(frame(response).path("type").asText()).isEqualTo("error");
        return frame(response).path("code").asText();
    }

    private static JsonNode frame(APIGatewayV2WebSocketResponse response) {
        return json(response.getBody());
    }

    private static JsonNode json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
