package dev.statuswire.types.testing;

import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.types.users.UsersTable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A separate users table with the content of a new installation. Thread-safe. */
public final class UsersFixture {

    private final DynamoDbClient dynamoDb;
    private final String table = "users-" + UUID.randomUUID();

    public UsersFixture(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
        dynamoDb.createTable(TableDefinition.USERS.named(table));
        UsersTable.firstItems()
                .forEach(item -> dynamoDb.putItem(put -> put.tableName(table).item(item)));
    }

    /** Returns runs of the steps of {@code type} on this table, as in a new process. */
    public <I> StepRuns<I> runs(RequestType<I> type) {
        Definition<I> definition = type.define();
        return new StepRuns<>(definition, environment().of(definition));
    }

    /** Returns the environments of a process that uses this table. */
    public TypeEnvironments environment() {
        return new TypeEnvironments(
                new Environment(Map.of("STATUSWIRE_USERS_TABLE", table)),
                Map.of(DynamoDbClient.class, dynamoDb));
    }

    /** Returns the item with {@code key}; empty if there is none. */
    public Map<String, AttributeValue> item(String key) {
        return dynamoDb.getItem(
                        get ->
                                get.tableName(table)
                                        .key(Map.of("key", AttributeValue.fromS(key)))
                                        .consistentRead(true))
                .item();
    }

    /** Returns the number of items whose keys start with {@code prefix}. */
    public long count(String prefix) {
        return dynamoDb
                .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .stream()
                .map(item -> Optional.ofNullable(item.get("key")).map(AttributeValue::s))
                .filter(key -> key.orElse("").startsWith(prefix))
                .count();
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    public String table() {
        return table;
    }
}
