package dev.statuswire.aws.door;

import java.util.Map;

/**
 * A response that API Gateway generates itself if a call does not reach an integration.
 *
 * @param type of the gateway response, such as {@code BAD_REQUEST_BODY}
 * @param statusCode replaces API Gateway's own
 * @param headers by name; the values are plain, although API Gateway requires single quotes
 * @param template for {@code application/json}; API Gateway replaces its {@code $context}
 *     variables, and does not evaluate VTL in it
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
public record GatewayResponse(
        String type, int statusCode, Map<String, String> headers, String template) {

    public GatewayResponse {
        headers = Map.copyOf(headers);
    }
}
