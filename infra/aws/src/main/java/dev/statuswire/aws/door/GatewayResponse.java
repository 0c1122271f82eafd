package dev.statuswire.aws.door;

import java.util.Map;

/**
 * What API Gateway answers by itself, where a call does not get as far as an integration.
 *
 * @param type of the gateway response, such as {@code BAD_REQUEST_BODY}
 * @param statusCode instead of API Gateway's own
 * @param headers by name, the plain value (API Gateway wants it in single quotes)
 * @param template for {@code application/json}; its {@code $context} variables are substituted, and
 *     nothing else is: these templates are no VTL
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
