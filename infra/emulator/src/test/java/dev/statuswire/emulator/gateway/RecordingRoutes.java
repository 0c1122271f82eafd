package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.statuswire.emulator.time.Await;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A handler that records its events and returns 200, or the response set for a route. */
final class RecordingRoutes
        implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

    private final List<APIGatewayV2WebSocketEvent> events = new CopyOnWriteArrayList<>();
    private final Map<
                    String,
                    Function<APIGatewayV2WebSocketEvent, @Nullable APIGatewayV2WebSocketResponse>>
            answers = new ConcurrentHashMap<>();

    RecordingRoutes on(
            String routeKey,
            Function<APIGatewayV2WebSocketEvent, @Nullable APIGatewayV2WebSocketResponse> answer) {
        answers.put(routeKey, answer);
        return this;
    }

    @Override
    public @Nullable APIGatewayV2WebSocketResponse handleRequest(
            APIGatewayV2WebSocketEvent event, Context context) {
        events.add(event);
        return answers.getOrDefault(event.getRequestContext().getRouteKey(), any -> answer(200, ""))
                .apply(event);
    }

    static APIGatewayV2WebSocketResponse answer(int status, String body) {
        APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
        response.setStatusCode(status);
        response.setBody(body);
        return response;
    }

    List<APIGatewayV2WebSocketEvent> of(String routeKey) {
        return events.stream()
                .filter(event -> routeKey.equals(event.getRequestContext().getRouteKey()))
                .toList();
    }

    /** Waits for the first event of a route and returns it. */
    APIGatewayV2WebSocketEvent first(String routeKey) {
        Await.until(routeKey, () -> !of(routeKey).isEmpty());
        return of(routeKey).getFirst();
    }

    /** Waits for the first connection and returns its id. */
    String firstConnectionId() {
        return first("$connect").getRequestContext().getConnectionId();
    }

    /** Returns the bodies that a route received, in order. */
    List<String> bodies(String routeKey) {
        return of(routeKey).stream()
                .map(event -> Optional.ofNullable(event.getBody()).orElse(""))
                .toList();
    }
}
