package dev.statuswire.core.store;

import dev.statuswire.core.testing.StandInDynamoDb;
import dev.statuswire.core.transition.Item;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * A client whose responses to scans are legal for DynamoDB, but never returned by DynamoDB Local.
 */
final class AlteredScanClient {

    private static final Map<String, AttributeValue> LAST =
            Map.of(Item.ID, AttributeValue.fromS("request-1"));

    private AlteredScanClient() {}

    /** Every page indicates that there may be more pages, even the last one. */
    static DynamoDbClient endless(DynamoDbClient client) {
        return of(client, page -> page.copy(more -> more.lastEvaluatedKey(LAST)));
    }

    /** The entries of each page are reversed, because DynamoDB does not guarantee their order. */
    static DynamoDbClient backwards(DynamoDbClient client) {
        return of(client, page -> page.copy(back -> back.items(page.items().reversed())));
    }

    private static DynamoDbClient of(DynamoDbClient client, UnaryOperator<ScanResponse> altered) {
        return StandInDynamoDb.of(
                client,
                (_, _, call) -> {
                    Object response = call.send();
                    return response instanceof ScanResponse page ? altered.apply(page) : response;
                });
    }
}
