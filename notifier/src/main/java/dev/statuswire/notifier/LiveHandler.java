package dev.statuswire.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.NoOpEvents;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.frame.ReplyFrames;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on a connection: all routes of the live API. What a route returns as its body is
 * sent to the connection, where the route has a route response.
 *
 * <pre>
 * $connect      200: the authorizer has said whose the connection is
 * subscribe     {"type":"subscribed"}, once it is certain that changes are pushed to it
 * ping          {"type":"pong"}
 * $default      {"type":"error","code":"unknown-action",…}, for what is not JSON as well
 * $disconnect   the connection is forgotten
 * </pre>
 *
 * <p>A connection is written down at {@code subscribe}, not at {@code $connect}: a push before
 * {@code $connect} has returned is answered 410.
 *
 * <p>Before a snapshot it receives the {@code $disconnect} of a connection that never was: it
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

    /** The value of the authorizer's context that says whose a connection is. */
    static final String OWNER = "owner";

    private static final Logger LOG = LoggerFactory.getLogger(LiveHandler.class);

    private final ConnectionStore connections;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public LiveHandler() {
        this(Environment.ofProcess());
    }

    /**
     * Creates the handler from these variables.
     *
     * @throws IllegalArgumentException if a setting has a wrong value
     */
    public LiveHandler(Environment environment) {
        this(NotifierSettings.logged(environment).openConnections(), FunctionHost.ofProcess());
        host.beforeSnapshot(this, noOp());
    }

    /** Creates the handler with all its collaborators. */
    public LiveHandler(ConnectionStore connections, FunctionHost host) {
        this.connections = connections;
        this.host = host;
    }

    @Override
    public APIGatewayV2WebSocketResponse handleRequest(
            APIGatewayV2WebSocketEvent event, Context context) {
        return host.handle(event, context, () -> handle(event));
    }

    private static APIGatewayV2WebSocketEvent noOp() {
        var from = new RequestContext();
        from.setRouteKey("$disconnect");
        from.setConnectionId(NoOpEvents.REQUEST.id());
        from.setAuthorizer(Map.of(OWNER, NoOpEvents.REQUEST.owner()));
        var event = new APIGatewayV2WebSocketEvent();
        event.setRequestContext(from);
        return event;
    }

    private APIGatewayV2WebSocketResponse handle(APIGatewayV2WebSocketEvent event) {
        RequestContext from = event.getRequestContext();
        return owner(from.getAuthorizer())
                .map(owner -> handle(from.getRouteKey(), owner, from.getConnectionId()))
                .orElseGet(() -> response(403));
    }

    private static Optional<String> owner(Map<String, Object> authorizer) {
        return Optional.ofNullable(authorizer)
                .map(context -> context.get(OWNER))
                .map(Object::toString)
                .filter(owner -> !owner.isEmpty());
    }

    private APIGatewayV2WebSocketResponse handle(String route, String owner, String connectionId) {
        return switch (route) {
            case "$connect" -> response(200);
            case "$disconnect" -> disconnect(owner, connectionId);
            case "subscribe" -> answer(subscribe(owner, connectionId));
            case "ping" -> answer(ReplyFrames.pong());
            default -> answer(unknownAction());
        };
    }

    private String subscribe(String owner, String connectionId) {
        try {
            return switch (connections.subscribe(owner, connectionId)) {
                case SUBSCRIBED -> ReplyFrames.subscribed();
                case TOO_MANY ->
                        ReplyFrames.error(
                                "too-many-connections",
                                "You have too many pages open; close some and connect again.");
            };
        } catch (StoreException failed) {
            LOG.error("{} could not subscribe; its page will connect again", connectionId, failed);
            return ReplyFrames.error("unavailable", "Nothing is pushed now; connect again later.");
        }
    }

    private APIGatewayV2WebSocketResponse disconnect(String owner, String connectionId) {
        try {
            connections.unsubscribe(owner, connectionId);
        } catch (StoreException failed) {
            LOG.warn(
                    "{} stays in the table; the next push to it tries again", connectionId, failed);
        }
        return response(200);
    }

    private static String unknownAction() {
        return ReplyFrames.error(
                "unknown-action",
                "Send JSON with an \"action\" that is \"subscribe\" or \"ping\".");
    }

    private static APIGatewayV2WebSocketResponse answer(String frame) {
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
