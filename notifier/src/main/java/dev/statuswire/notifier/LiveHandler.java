package dev.statuswire.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.frame.ReplyFrames;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles all routes of the live API. If a route has a route response, API Gateway sends the
 * returned body to the connection.
 *
 * <pre>
 * $connect      200: the authorizer has determined the owner of the connection
 * subscribe     {"type":"subscribed"}, once changes are certain to be pushed
 * ping          {"type":"pong"}
 * $default      {"type":"error","code":"unknown-action",…}, also if the message is not JSON
 * $disconnect   deletes the row of the connection
 * </pre>
 *
 * <p>A connection is stored at {@code subscribe}, not at {@code $connect}, because a push before
 * {@code $connect} has returned gets a 410.
 *
 * <p>Before a snapshot it receives the {@code $disconnect} of a connection that never existed; it
 * deletes a row that does not exist.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">Manage
 *     connected users and client apps: $connect and $disconnect routes</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html">Set
 *     up route responses for WebSocket APIs</a>
 */
public final class LiveHandler
        implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

    /** The key of the owner in the authorizer's context. */
    static final String OWNER = "owner";

    /** The key of the owner of the only request that the connection may watch, by a link. */
    static final String LINK_OWNER = "linkOwner";

    /** The key of the id of this request. */
    static final String LINK_REQUEST = "linkRequest";

    private static final Logger LOG = LoggerFactory.getLogger(LiveHandler.class);

    private final ConnectionStore connections;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public LiveHandler() {
        this(
                NotifierSettings.logged(Environment.ofProcess()).openConnections(),
                FunctionHost.ofProcess());
    }

    /** Creates the handler with all its collaborators. */
    public LiveHandler(ConnectionStore connections, FunctionHost host) {
        this.connections = connections;
        this.host = host;
        host.beforeSnapshot(this, noOp());
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static LiveHandler of(Environment environment) {
        return new LiveHandler(
                NotifierSettings.logged(environment).openConnections(), FunctionHost.ofProcess());
    }

    @Override
    public APIGatewayV2WebSocketResponse handleRequest(
            APIGatewayV2WebSocketEvent event, Context context) {
        return host.handle(event, context, () -> handle(event));
    }

    private static APIGatewayV2WebSocketEvent noOp() {
        var from = new RequestContext();
        from.setRouteKey("$disconnect");
        from.setConnectionId(PrimingEvents.REQUEST.id());
        from.setAuthorizer(Map.of(OWNER, PrimingEvents.REQUEST.owner()));
        var event = new APIGatewayV2WebSocketEvent();
        event.setRequestContext(from);
        return event;
    }

    private APIGatewayV2WebSocketResponse handle(APIGatewayV2WebSocketEvent event) {
        RequestContext from = event.getRequestContext();
        return topic(from.getAuthorizer())
                .map(topic -> handle(from.getRouteKey(), topic, from.getConnectionId()))
                .orElseGet(() -> response(403));
    }

    private static Optional<Topic> topic(Map<String, Object> authorizer) {
        return Topic.of(
                text(authorizer, OWNER),
                text(authorizer, LINK_OWNER),
                text(authorizer, LINK_REQUEST));
    }

    private static Optional<String> text(@Nullable Map<String, Object> authorizer, String key) {
        return Optional.ofNullable(authorizer)
                .map(context -> context.get(key))
                .map(Object::toString)
                .filter(text -> !text.isEmpty());
    }

    private APIGatewayV2WebSocketResponse handle(String route, Topic topic, String connectionId) {
        return switch (route) {
            case "$connect" -> response(200);
            case "$disconnect" -> disconnect(topic, connectionId);
            case "subscribe" -> reply(subscribe(topic, connectionId));
            case "ping" -> reply(ReplyFrames.pong());
            default -> reply(unknownAction());
        };
    }

    private String subscribe(Topic topic, String connectionId) {
        try {
            return switch (connections.subscribe(topic, connectionId)) {
                case SUBSCRIBED -> ReplyFrames.subscribed();
                case TOO_MANY ->
                        ReplyFrames.error(
                                "too-many-connections",
                                "Too many pages are open. Close some, then reconnect.");
            };
        } catch (StoreException failed) {
            LOG.error(
                    "connection {} could not subscribe; its page will reconnect",
                    connectionId,
                    failed);
            return ReplyFrames.error(
                    "unavailable", "Live updates are unavailable. Reconnect later.");
        }
    }

    private APIGatewayV2WebSocketResponse disconnect(Topic topic, String connectionId) {
        try {
            connections.unsubscribe(topic, connectionId);
        } catch (StoreException failed) {
            LOG.warn(
                    "could not delete the row of connection {}; the next push to it will try again",
                    connectionId,
                    failed);
        }
        return response(200);
    }

    private static String unknownAction() {
        return ReplyFrames.error(
                "unknown-action",
                "Unknown action. Send JSON whose \"action\" is \"subscribe\" or \"ping\".");
    }

    private static APIGatewayV2WebSocketResponse reply(String frame) {
        APIGatewayV2WebSocketResponse response = response(200);
        response.setBody(frame);
        return response;
    }

    private static APIGatewayV2WebSocketResponse response(int status) {
        APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
        response.setStatusCode(status);
        return response;
    }
}
