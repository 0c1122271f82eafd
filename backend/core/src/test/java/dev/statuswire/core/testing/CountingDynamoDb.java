package dev.statuswire.core.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Records every call to a database. */
public final class CountingDynamoDb {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final DynamoDbClient client;

    public CountingDynamoDb(DynamoDbClient counted) {
        client =
                StandInDynamoDb.of(
                        counted,
                        (method, _, call) -> {
                            calls.add(method);
                            return call.send();
                        });
    }

    /** Returns the client to use instead of the original one. */
    public DynamoDbClient client() {
        return client;
    }

    /** Returns the names of the calls so far, such as {@code putItem}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }
}
