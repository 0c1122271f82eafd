package dev.statuswire.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What API Gateway logs of each call, as a line of JSON: with the ids by which the same call is
 * found in X-Ray, in the function's log, and in a problem that a client reports. Query strings are
 * left out, since tickets are in them.
 */
final class AccessLogs {

    /** The member that says which of API Gateway's own responses a call got. */
    static final String ERROR = "error";

    /** The member with the stage's name. */
    static final String STAGE = "stage";

    private AccessLogs() {}

    /**
     * The format for a REST API.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
     *     for access logging for API Gateway</a>
     */
    static String ofRest() {
        var members = new LinkedHashMap<String, String>();
        members.put("requestId", "requestId");
        members.put("extendedRequestId", "extendedRequestId");
        members.put("traceId", "xrayTraceId");
        members.put("integrationRequestId", "integration.requestId");
        members.put(STAGE, "stage");
        members.put("time", "requestTime");
        members.put("method", "httpMethod");
        members.put("path", "path");
        members.put("status", "status");
        members.put("bytes", "responseLength");
        members.put("millis", "responseLatency");
        members.put("integrationStatus", "integration.status");
        members.put("integrationMillis", "integration.latency");
        members.put("authorizerMillis", "authorizer.latency");
        members.put(ERROR, "error.responseType");
        return json(members);
    }

    /**
     * The format for a WebSocket API, which has no traces.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html">Configure
     *     logging for WebSocket APIs</a>
     */
    static String ofWebSockets() {
        var members = new LinkedHashMap<String, String>();
        members.put("requestId", "requestId");
        members.put("extendedRequestId", "extendedRequestId");
        members.put("integrationRequestId", "integration.requestId");
        members.put(STAGE, "stage");
        members.put("time", "requestTime");
        members.put("event", "eventType");
        members.put("route", "routeKey");
        members.put("connectionId", "connectionId");
        members.put("status", "status");
        members.put("integrationStatus", "integration.status");
        members.put(ERROR, "integrationErrorMessage");
        return json(members);
    }

    private static String json(SequencedMap<String, String> variables) {
        return variables.entrySet().stream()
                .map(AccessLogs::member)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String member(Map.Entry<String, String> variable) {
        return "\"%s\":\"$context.%s\"".formatted(variable.getKey(), variable.getValue());
    }
}
