package dev.statuswire.aws.door;

import java.util.List;

/**
 * A method that is answered by DynamoDB itself: an integration of type {@code AWS} whose
 * passthrough behavior is {@code NEVER}, so that what is not JSON is refused.
 *
 * @param action of DynamoDB's API, such as {@code GetItem}; the credentials' one permission
 * @param requestTemplate for {@code application/json}; names the table as it was given
 * @param responses with status codes of their own; the one without a pattern is the default
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html">Method
 *     request behavior for payloads without mapping templates</a>
 */
public record Integration(
        String action, String requestTemplate, List<IntegrationResponse> responses) {

    public Integration {
        responses = List.copyOf(responses);
    }
}
