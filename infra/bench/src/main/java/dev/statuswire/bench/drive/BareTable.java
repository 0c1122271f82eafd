package dev.statuswire.bench.drive;

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
 * A table like the requests table in the same database, called with the AWS SDK over HTTP and by
 * nothing else: what a call costs without us. Thread-safe; blocks.
 */
public final class BareTable implements AutoCloseable {

    private static final String NAME = "bench-bare";

    private final DynamoDbClient client;
    private final Map<String, AttributeValue> item;

    private BareTable(DynamoDbClient client) {
        this.client = client;
        this.item = Note.newItem("local");
    }

    /**
     * Makes the table, with a first item at once, as ours have one: DynamoDB Local slows down by
     * the number of stream records that are older than a table's first one.
     */
    public static BareTable make(URI dynamoDb) {
        var table = new BareTable(AwsClients.dynamoDb(Optional.of(dynamoDb)));
        table.client.createTable(TableDefinition.REQUESTS.named(NAME));
        table.put(Api.newId());
        return table;
    }

    /** Writes the item that a submission of a note writes. */
    public void put(String id) {
        var next = new HashMap<>(item);
        next.put(Item.ID, AttributeValue.fromS(id));
        client.putItem(put -> put.tableName(NAME).item(next));
    }

    /** Reads an item, consistently. */
    public Map<String, AttributeValue> get(String id) {
        return client.getItem(
                        get ->
                                get.tableName(NAME)
                                        .key(Item.key(new RequestKey("local", id)))
                                        .consistentRead(true))
                .item();
    }

    /** Reads the newest 50, consistently. */
    public int newest50() {
        return client.query(
                        query ->
                                query.tableName(NAME)
                                        .keyConditionExpression("#owner = :owner")
                                        .expressionAttributeNames(Map.of("#owner", Item.OWNER))
                                        .expressionAttributeValues(
                                                Map.of(":owner", AttributeValue.fromS("local")))
                                        .consistentRead(true)
                                        .scanIndexForward(false)
                                        .limit(50))
                .items()
                .size();
    }

    @Override
    public void close() {
        client.close();
    }
}
