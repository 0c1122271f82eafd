package dev.statuswire.bench.client;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table like the requests table in the same database, called over HTTP with the AWS SDK: the
 * baseline without Statuswire. Calls block. Thread-safe.
 */
public final class BareTable implements AutoCloseable {

    private static final String NAME = "bench-bare";

    private final DynamoDbClient client;
    private final Map<String, AttributeValue> item = StoredNotes.newItem();

    /**
     * Creates the table and writes a first item, as Statuswire does: DynamoDB Local slows down with
     * the number of stream records that are older than the first record of a table.
     */
    public BareTable(URI dynamoDb) {
        client = AwsClients.dynamoDb(Optional.of(dynamoDb));
        client.createTable(TableDefinition.REQUESTS.named(NAME));
        put(ApiClient.newId());
    }

    /** Writes the item that the submission of a note writes. */
    public void put(String id) {
        var next = new HashMap<>(item);
        next.put(Item.ID, AttributeValue.fromS(id));
        client.putItem(put -> put.tableName(NAME).item(next));
    }

    /** Reads an item, consistently. */
    public void get(String id) {
        var key = Item.key(new RequestKey(StoredNotes.OWNER, id));
        client.getItem(get -> get.tableName(NAME).key(key).consistentRead(true));
    }

    /** Reads the newest 50 items, consistently. */
    public void list() {
        client.query(
                query ->
                        query.tableName(NAME)
                                .keyConditionExpression("#owner = :owner")
                                .expressionAttributeNames(Map.of("#owner", Item.OWNER))
                                .expressionAttributeValues(
                                        Map.of(":owner", AttributeValue.fromS(StoredNotes.OWNER)))
                                .consistentRead(true)
                                .scanIndexForward(false)
                                .limit(50));
    }

    @Override
    public void close() {
        client.close();
    }
}
