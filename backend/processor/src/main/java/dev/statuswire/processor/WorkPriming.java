package dev.statuswire.processor;

import dev.statuswire.core.function.Priming;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads what nobody has, and what was due long before there was anything, over a client that is
 * closed again.
 */
record WorkPriming(StoreSettings settings) implements Priming {

    @Override
    public void prime() {
        var transitions = new Transitions(settings.timing());
        String table = settings.tables().requests();
        try (DynamoDbClient client = AwsClients.dynamoDb(settings.endpoint())) {
            new DynamoDbRequestStore(client, table, transitions)
                    .find(new RequestKey("statuswire-priming", "nobodys-request"));
            new DynamoDbDueIndex(client, table).dueAt(Instant.EPOCH, 1);
        }
    }
}
