package dev.statuswire.types.testing;

import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.TypeEnvironment;
import dev.statuswire.types.users.UsersTable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A separate users table with the content of a new installation. Thread-safe. */
public final class UsersFixture implements TypeEnvironment {

    private final DynamoDbClient dynamoDb;
    private final String table = "users-" + UUID.randomUUID();

    public UsersFixture(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
        dynamoDb.createTable(TableDefinition.USERS.named(table));
        UsersTable.firstItems()
                .forEach(item -> dynamoDb.putItem(put -> put.tableName(table).item(item)));
    }

    /** Prepares {@code type} for running its steps on this table. */
    public StepRuns runs(RequestType type) {
        type.init(this);
        return new StepRuns(type);
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

    @Override
    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    @Override
    public Optional<String> setting(String name) {
        return name.equals("STATUSWIRE_USERS_TABLE") ? Optional.of(table) : Optional.empty();
    }
}
