package dev.statuswire.processor;

import dev.statuswire.core.function.Priming;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.transition.Transitions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads what nobody has, over a client that is closed again. */
record WorkPriming(StoreSettings settings) implements Priming {

    @Override
    public void prime() {
        var transitions = new Transitions(settings.timing());
        try (DynamoDbClient client = AwsClients.dynamoDb(settings.endpoint())) {
            new DynamoDbRequestStore(client, settings.tables().requests(), transitions)
                    .find(new RequestKey("statuswire-priming", "nobodys-request"));
        }
    }
}
