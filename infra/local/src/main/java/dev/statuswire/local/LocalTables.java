package dev.statuswire.local;

import dev.statuswire.core.settings.TableNames;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.emulator.mapping.PositionsTable;
import dev.statuswire.types.users.UsersTable;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/**
 * Creates the missing tables. Each table with a stream gets a first item immediately, under an
 * owner that no user can be: DynamoDB Local slows down with the number of stream records in the
 * whole database that are older than the first record of a table. If the process is killed in
 * between, the next start does the rest.
 */
final class LocalTables {

    /** The table with the position of each stream consumer; only the local runtime needs it. */
    static final String POSITIONS = "statuswire-positions";

    private static final Logger LOG = LoggerFactory.getLogger(LocalTables.class);

    /** No real issuer has identities that start like this one. */
    private static final Map<String, AttributeValue> FIRST_REQUEST =
            Map.of(
                    Item.OWNER, AttributeValue.fromS("#statuswire"),
                    Item.ID, AttributeValue.fromS("first-item"));

    private final DynamoDbClient dynamoDb;
    private final TableNames names;

    LocalTables(DynamoDbClient dynamoDb, TableNames names) {
        this.dynamoDb = dynamoDb;
        this.names = names;
    }

    void makeWhatIsMissing() {
        make(TableDefinition.REQUESTS, names.requests(), List.of(FIRST_REQUEST));
        make(TableDefinition.USERS, names.users(), UsersTable.firstItems());
        make(TableDefinition.BOOKINGS, names.bookings(), List.of());
        make(TableDefinition.LINKS, names.links(), List.of());
        make(TableDefinition.CONNECTIONS, names.connections(), List.of());
        make(TableDefinition.ACTIVITY, names.activity(), List.of());
        make(PositionsTable.definition(POSITIONS));
    }

    private void make(
            TableDefinition table, String name, List<Map<String, AttributeValue>> firstItems) {
        make(table.named(name));
        firstItems.forEach(item -> putIfAbsent(name, item, table.partitionKey()));
        expire(name, table.timeToLive());
    }

    private void make(CreateTableRequest table) {
        try {
            dynamoDb.createTable(table);
            LOG.info("created the table {}", table.tableName());
        } catch (ResourceInUseException exists) {
            LOG.debug("the table {} already exists", table.tableName());
        }
        dynamoDb.waiter().waitUntilTableExists(wait -> wait.tableName(table.tableName()));
    }

    private void putIfAbsent(String table, Map<String, AttributeValue> item, String key) {
        try {
            dynamoDb.putItem(
                    put ->
                            put.tableName(table)
                                    .item(item)
                                    .conditionExpression("attribute_not_exists(#key)")
                                    .expressionAttributeNames(Map.of("#key", key)));
        } catch (ConditionalCheckFailedException exists) {
            LOG.debug("the first item of {} already exists", table);
        }
    }

    private void expire(String table, String attribute) {
        if (isExpiring(table, attribute)) {
            return;
        }
        try {
            dynamoDb.updateTimeToLive(
                    update ->
                            update.tableName(table)
                                    .timeToLiveSpecification(
                                            ttl -> ttl.attributeName(attribute).enabled(true)));
        } catch (DynamoDbException refused) {
            if (!isExpiring(table, attribute)) {
                throw refused;
            }
            LOG.debug(
                    "{} already had its time to live set by a call whose response was late", table);
        }
    }

    private boolean isExpiring(String table, String attribute) {
        var there = dynamoDb.describeTimeToLive(describe -> describe.tableName(table));
        return attribute.equals(there.timeToLiveDescription().attributeName());
    }
}
