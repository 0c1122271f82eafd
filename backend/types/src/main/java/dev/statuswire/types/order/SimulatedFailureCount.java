package dev.statuswire.types.order;

import dev.statuswire.sdk.TypeEnvironment;
import dev.statuswire.types.users.UsersTable;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Counts the simulated failures of a step. The count survives restarts and the user's retries,
 * unlike a request's own count of failures. Blocks. Thread-safe.
 */
final class SimulatedFailureCount {

    private static final long REMEMBERED_SECONDS = 24L * 60 * 60;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    SimulatedFailureCount(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    static SimulatedFailureCount in(TypeEnvironment environment) {
        return new SimulatedFailureCount(
                environment.client(DynamoDbClient.class),
                UsersTable.in(environment),
                InstantSource.system());
    }

    /**
     * Counts one more run of the step with the given effect key, and returns its number, starting
     * with 1.
     */
    int count(String effectKey) {
        long expiresAt = clock.instant().getEpochSecond() + REMEMBERED_SECONDS;
        var counted =
                dynamoDb.updateItem(
                        update ->
                                update.tableName(table)
                                        .key(UsersTable.triesKey(effectKey))
                                        .updateExpression("SET expiresAt = :at ADD tries :one")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":one", AttributeValue.fromN("1"),
                                                        ":at", number(expiresAt)))
                                        .returnValues(ReturnValue.ALL_NEW));
        return Integer.parseInt(Objects.requireNonNull(counted.attributes().get("tries")).n());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
