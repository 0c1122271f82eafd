package dev.statuswire.emulator.engine;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that notifies the listeners of each request that succeeded. */
final class WatchedClient extends InterceptedClient<DynamoDbClient> {

    private final WriteListeners listeners;

    private WatchedClient(DynamoDbClient target, WriteListeners listeners) {
        super(target);
        this.listeners = listeners;
    }

    static DynamoDbClient watching(DynamoDbClient target, WriteListeners listeners) {
        return new WatchedClient(target, listeners).as(DynamoDbClient.class);
    }

    @Override
    Object send(SdkRequest request, Operation operation) throws Throwable {
        Object response = operation.invoke();
        listeners.done(request);
        return response;
    }
}
