package dev.statuswire.core.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Takes note of every call to the database. */
public final class CountingDynamoDb {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final DynamoDbClient client;

    public CountingDynamoDb(DynamoDbClient counted) {
        client =
                StandInDynamoDb.of(
                        counted,
                        (method, call) -> {
                            calls.add(method);
                            return call.send();
                        });
    }

    /** To be used in the place of the one that is counted. */
    public DynamoDbClient client() {
        return client;
    }

    /** The calls until now, such as {@code putItem}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }
}
