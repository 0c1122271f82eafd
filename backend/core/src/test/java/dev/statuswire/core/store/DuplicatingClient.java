package dev.statuswire.core.store;

import dev.statuswire.core.testing.StandInDynamoDb;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A client that discards the first response to each conditional write and sends the write again.
 */
final class DuplicatingClient {

    private DuplicatingClient() {}

    static DynamoDbClient of(DynamoDbClient client) {
        return of(client, () -> {});
    }

    /** Runs {@code between} between the two writes. */
    static DynamoDbClient of(DynamoDbClient client, Runnable between) {
        return StandInDynamoDb.of(
                client,
                (method, _, call) -> {
                    if (isWrite(method)) {
                        call.send();
                        between.run();
                    }
                    return call.send();
                });
    }

    private static boolean isWrite(String method) {
        return method.equals("putItem")
                || method.equals("updateItem")
                || method.equals("transactWriteItems");
    }
}
