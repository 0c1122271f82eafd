package dev.statuswire.core.store;

import dev.statuswire.core.testing.StandInDynamoDb;
import dev.statuswire.core.transition.Item;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A client that answers scans as DynamoDB may, and DynamoDB Local never does. */
final class AlteredScan {

    private static final Map<String, AttributeValue> LAST =
            Map.of(Item.ID, AttributeValue.fromS("request-1"));

    private AlteredScan() {}

    /** Each page says that there may be more, whether there is or not. */
    static DynamoDbClient endless(DynamoDbClient client) {
        return of(client, page -> page.copy(more -> more.lastEvaluatedKey(LAST)));
    }

    /** Each page is in another order: nobody promises one. */
    static DynamoDbClient backwards(DynamoDbClient client) {
        return of(client, page -> page.copy(back -> back.items(page.items().reversed())));
    }

    private static DynamoDbClient of(DynamoDbClient client, UnaryOperator<ScanResponse> altered) {
        return StandInDynamoDb.of(
                client,
                (_, call) -> {
                    Object answer = call.send();
                    return answer instanceof ScanResponse page ? altered.apply(page) : answer;
                });
    }
}
