package dev.statuswire.emulator.engine;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tells of every request that did not fail. */
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
