package dev.statuswire.tests;

import dev.statuswire.core.settings.AwsClients;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB client that uses HTTP, as another process would. */
record ExternalClient(DynamoDbClient client) implements AutoCloseable {

    ExternalClient(URI endpoint) {
        this(AwsClients.dynamoDb(Optional.of(endpoint)));
    }

    @Override
    public void close() {
        client.close();
    }
}
