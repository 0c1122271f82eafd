package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Creates the events for handlers as API Gateway does: headers and query string only with {@code
 * CONNECT}, a body and a message id only with {@code MESSAGE}, and the authorizer's context with
 * each event. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html">WebSocket
 *     API mapping template reference</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html">Lambda
 *     REQUEST authorizers</a>
 */
final class WebSocketEvents {

    static final String API_ID = "local";

    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final String stage;
    private final String domainName;
    private final ConnectionIds ids;
    private final InstantSource clock;

    /**
     * Creates events of one stage.
     *
     * @param domainName the address of the {@code @connections} API, because handlers use the
     *     domain name to call it
     */
    WebSocketEvents(String stage, String domainName, ConnectionIds ids, InstantSource clock) {
        this.stage = stage;
        this.domainName = domainName;
        this.ids = ids;
        this.clock = clock;
    }

    /** Returns the ARN that the authorizer's policy must allow. */
    String connectArn() {
        return "arn:aws:execute-api:local:000000000000:%s/%s/%s"
                .formatted(API_ID, stage, RouteSelection.CONNECT);
    }

    APIGatewayV2WebSocketEvent connect(ConnectionFacts connection, Handshake handshake) {
        APIGatewayV2WebSocketEvent event =
                event(context(connection, RouteSelection.CONNECT, "CONNECT"));
        event.setHeaders(Handshake.lastOfEach(handshake.headers()));
        event.setMultiValueHeaders(handshake.headers());
        if (!handshake.query().isEmpty()) {
            event.setQueryStringParameters(Handshake.lastOfEach(handshake.query()));
            event.setMultiValueQueryStringParameters(handshake.query());
        }
        return event;
    }

    APIGatewayV2WebSocketEvent message(ConnectionFacts connection, String routeKey, String body) {
        RequestContext context = context(connection, routeKey, "MESSAGE");
        context.setMessageId(ids.next());
        APIGatewayV2WebSocketEvent event = event(context);
        event.setBody(body);
        return event;
    }

    APIGatewayV2WebSocketEvent disconnect(ConnectionFacts connection) {
        APIGatewayV2WebSocketEvent event =
                event(context(connection, RouteSelection.DISCONNECT, "DISCONNECT"));
        Map<String, String> headers =
                Map.of("Host", connection.host(), "X-Forwarded-For", connection.sourceIp());
        Map<String, List<String>> multiValueHeaders = new HashMap<>();
        headers.forEach((name, value) -> multiValueHeaders.put(name, List.of(value)));
        event.setHeaders(headers);
        event.setMultiValueHeaders(multiValueHeaders);
        return event;
    }

    /**
     * Returns the input of a {@code REQUEST} authorizer. It is a map, because no class of
     * aws-lambda-java-events has both {@code methodArn} and a request context with a connection.
     */
    Map<String, Object> authorize(ConnectionFacts connection, Handshake handshake) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "REQUEST");
        event.put("methodArn", connectArn());
        event.put("headers", Handshake.lastOfEach(handshake.headers()));
        event.put("multiValueHeaders", handshake.headers());
        event.put("queryStringParameters", Handshake.lastOfEach(handshake.query()));
        event.put("multiValueQueryStringParameters", handshake.query());
        event.put("stageVariables", Map.of());
        event.put("requestContext", authorizeContext(connection));
        return event;
    }

    private Map<String, Object> authorizeContext(ConnectionFacts connection) {
        RequestContext context = context(connection, RouteSelection.CONNECT, "CONNECT");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("routeKey", context.getRouteKey());
        map.put("eventType", context.getEventType());
        map.put("extendedRequestId", context.getExtendedRequestId());
        map.put("requestTime", context.getRequestTime());
        map.put("messageDirection", context.getMessageDirection());
        map.put("stage", context.getStage());
        map.put("connectedAt", context.getConnectedAt());
        map.put("requestTimeEpoch", context.getRequestTimeEpoch());
        map.put("identity", Map.of("sourceIp", connection.sourceIp()));
        map.put("requestId", context.getRequestId());
        map.put("domainName", context.getDomainName());
        map.put("connectionId", context.getConnectionId());
        map.put("apiId", context.getApiId());
        return map;
    }

    private static APIGatewayV2WebSocketEvent event(RequestContext context) {
        APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
        event.setRequestContext(context);
        event.setIsBase64Encoded(false);
        return event;
    }

    private RequestContext context(ConnectionFacts connection, String routeKey, String eventType) {
        Instant now = clock.instant();
        String requestId = ids.next();
        RequestContext context = new RequestContext();
        context.setRouteKey(routeKey);
        context.setEventType(eventType);
        context.setRequestId(requestId);
        context.setExtendedRequestId(requestId);
        context.setRequestTime(CLF.format(now));
        context.setRequestTimeEpoch(now.toEpochMilli());
        context.setMessageDirection("IN");
        context.setStage(stage);
        context.setApiId(API_ID);
        context.setDomainName(domainName);
        context.setConnectionId(connection.id());
        context.setConnectedAt(connection.connectedAt().toEpochMilli());
        context.setIdentity(identity(connection));
        context.setAuthorizer(connection.authorizer());
        return context;
    }

    private static RequestIdentity identity(ConnectionFacts connection) {
        RequestIdentity identity = new RequestIdentity();
        identity.setSourceIp(connection.sourceIp());
        identity.setUserAgent(connection.userAgent());
        return identity;
    }
}
