package dev.statuswire.aws.door;

import java.util.List;

/**
 * A direct integration of a method with DynamoDB: type {@code AWS}, with the passthrough behavior
 * {@code NEVER}, so that API Gateway rejects a body that is not JSON.
 *
 * @param action of DynamoDB's API, such as {@code GetItem}; the only permission of the
 *     integration's role
 * @param requestTemplate for {@code application/json}; contains the table's name as it was given
 * @param responses each with a different status code; the one without a pattern is the default
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html">Method
 *     request behavior for payloads without mapping templates</a>
 */
public record DynamoDbIntegration(
        String action, String requestTemplate, List<IntegrationResponseMapping> responses) {

    public DynamoDbIntegration {
        responses = List.copyOf(responses);
    }
}
