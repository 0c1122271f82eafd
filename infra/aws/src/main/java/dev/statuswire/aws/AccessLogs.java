package dev.statuswire.aws;

/**
 * The formats of API Gateway's access logs: one line of JSON for each call, with the ids that
 * identify the call in the log of the function and in a problem that a client reports. Query
 * strings are omitted because they contain tickets, and paths because they contain the secrets of
 * links: the log has the path of the resource instead, such as {@code /links/{secret}/status}.
 */
final class AccessLogs {

    /** The member that names the gateway response if API Gateway itself generated the response. */
    static final String ERROR = "error";

    /** The member with the name of the stage. */
    static final String STAGE = "stage";

    /**
     * The format for a REST API.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
     *     for access logging for API Gateway</a>
     */
    static final String OF_REST =
            """
            {"requestId":"$context.requestId",\
            "extendedRequestId":"$context.extendedRequestId",\
            "integrationRequestId":"$context.integration.requestId",\
            "stage":"$context.stage",\
            "time":"$context.requestTime",\
            "method":"$context.httpMethod",\
            "path":"$context.resourcePath",\
            "status":"$context.status",\
            "bytes":"$context.responseLength",\
            "millis":"$context.responseLatency",\
            "integrationStatus":"$context.integration.status",\
            "integrationMillis":"$context.integration.latency",\
            "authorizerMillis":"$context.authorizer.latency",\
            "error":"$context.error.responseType"}\
            """;

    /**
     * The format for a WebSocket API, which has no traces.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html">Configure
     *     logging for WebSocket APIs</a>
     */
    static final String OF_WEB_SOCKETS =
            """
            {"requestId":"$context.requestId",\
            "extendedRequestId":"$context.extendedRequestId",\
            "integrationRequestId":"$context.integration.requestId",\
            "stage":"$context.stage",\
            "time":"$context.requestTime",\
            "event":"$context.eventType",\
            "route":"$context.routeKey",\
            "connectionId":"$context.connectionId",\
            "status":"$context.status",\
            "integrationStatus":"$context.integration.status",\
            "error":"$context.integrationErrorMessage"}\
            """;

    private AccessLogs() {}
}
