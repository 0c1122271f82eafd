package dev.statuswire.aws.door;

import java.util.Map;
import java.util.Optional;

/**
 * What an answer of DynamoDB is turned into. The template may override the status and headers.
 *
 * @param statusCode unless the template overrides it; the method response of that code is to
 *     declare {@code headers}
 * @param selectionPattern a regular expression that DynamoDB's status code is to match; empty for
 *     the default
 * @param headers by name, the plain value (API Gateway wants it in single quotes)
 * @param template for {@code application/json}
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html">Set
 *     up an integration response</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">Override
 *     parameters and status codes</a>
 */
public record IntegrationResponse(
        int statusCode,
        Optional<String> selectionPattern,
        Map<String, String> headers,
        String template) {

    public IntegrationResponse {
        headers = Map.copyOf(headers);
    }
}
