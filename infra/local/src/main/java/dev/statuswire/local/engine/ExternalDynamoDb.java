package dev.statuswire.local.engine;

import dev.statuswire.core.settings.AwsClients;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An engine that somebody else runs (DynamoDB Local on its own, or another one that speaks its
 * protocol), reached over HTTP with the credentials {@code local}/{@code local} and the region
 * {@code us-east-1}, and given up on as soon as AWS's own would be. Only writes through {@link #client()} call the listeners; what other processes
 * write is for polling to find.
 */
public final class ExternalDynamoDb implements DynamoDbEngine {

    private final URI endpoint;
    private final DynamoDbClient tables;
    private final DynamoDbStreamsClient streams;
    private final WriteListeners listeners = new WriteListeners();
    private final DynamoDbClient client;

    /** Connects to nothing yet: an engine that is not there shows at the first call. */
    public ExternalDynamoDb(URI endpoint) {
        this.endpoint = endpoint;
        tables = AwsClients.dynamoDb(Optional.of(endpoint));
        streams = AwsClients.dynamoDbStreams(Optional.of(endpoint));
        client = WatchedClient.watching(tables, listeners);
    }

    @Override
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public DynamoDbStreamsClient streams() {
        return streams;
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void onWrite(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        tables.close();
        streams.close();
    }
}
