package dev.statuswire.processor;

import dev.statuswire.core.function.Priming;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.store.DynamoDbDueIndex;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Looks for what was due long before there was anything, over a client that is closed again. The
 * sweeper's alone: nobody else may read the index.
 */
record IndexPriming(StoreSettings settings) implements Priming {

    @Override
    public void prime() {
        try (DynamoDbClient client = AwsClients.dynamoDb(settings.endpoint())) {
            new DynamoDbDueIndex(client, settings.tables().requests()).dueAt(Instant.EPOCH, 1);
        }
    }
}
