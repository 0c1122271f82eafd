package dev.statuswire.aws.door;

import java.util.Map;
import java.util.Optional;

/**
 * A mapping from DynamoDB's response to that of the method. The template may override the status
 * and headers.
 *
 * @param statusCode used unless the template overrides it; the method response with this code must
 *     declare {@code headers}
 * @param selectionPattern a regular expression for DynamoDB's status code; empty for the default
 * @param headers by name; the values are plain, although API Gateway requires single quotes
 * @param template for {@code application/json}
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html">Set
 *     up an integration response</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">Override
 *     parameters and status codes</a>
 */
public record IntegrationResponseMapping(
        int statusCode,
        Optional<String> selectionPattern,
        Map<String, String> headers,
        String template) {

    public IntegrationResponseMapping {
        headers = Map.copyOf(headers);
    }
}
