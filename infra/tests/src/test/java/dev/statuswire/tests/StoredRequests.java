package dev.statuswire.tests;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads and writes the items of the owner {@code local}, as another program would. */
public record StoredRequests(ExternalClient external) implements AutoCloseable {

    private static final String OWNER = "local";
    private static final String TABLE = "statuswire-requests";

    /** Connects to the table of this runtime. */
    public static StoredRequests of(RuntimeExtension local) {
        return new StoredRequests(new ExternalClient(local.runtime().dynamoDbUri()));
    }

    private DynamoDbClient client() {
        return external.client();
    }

    /**
     * Returns {@code item} with the owner {@code local}. If it has a due time, it is overdue; if it
     * has an expiry, it expires in a day.
     */
    public static Map<String, AttributeValue> overdue(Map<String, AttributeValue> item) {
        var overdue = new HashMap<>(item);
        overdue.put(Item.OWNER, AttributeValue.fromS(OWNER));
        overdue.computeIfPresent(
                Item.DUE_AT,
                (_, _) ->
                        AttributeValue.fromN(
                                Long.toString(Instant.now().minusSeconds(60).toEpochMilli())));
        overdue.computeIfPresent(
                Item.EXPIRES_AT,
                (_, _) ->
                        AttributeValue.fromN(
                                Long.toString(Instant.now().plusSeconds(86_400).getEpochSecond())));
        return overdue;
    }

    public void put(Map<String, AttributeValue> item) {
        client().putItem(put -> put.tableName(TABLE).item(item));
    }

    /** Stores an overdue order with {@code status}, in its partition of the due index. */
    public void putOverdueOrder(String id, String status) {
        put(
                overdue(
                        Map.of(
                                Item.ID, AttributeValue.fromS(id),
                                Item.TYPE, AttributeValue.fromS("place-order"),
                                Item.INPUT,
                                        AttributeValue.fromS("{\"dish\":\"soup\",\"quantity\":1}"),
                                Item.STATUS, AttributeValue.fromS(status),
                                Item.VERSION, AttributeValue.fromN("1"),
                                Item.DUE_SHARD,
                                        AttributeValue.fromS(new RequestKey(OWNER, id).dueShard()),
                                Item.DUE_AT, AttributeValue.fromN("0"))));
    }

    /** Stores an order that has succeeded. */
    public void putFinishedOrder(String id) {
        put(
                Map.of(
                        Item.OWNER, AttributeValue.fromS(OWNER),
                        Item.ID, AttributeValue.fromS(id),
                        Item.TYPE, AttributeValue.fromS("place-order"),
                        Item.INPUT, AttributeValue.fromS("{\"dish\":\"soup\",\"quantity\":1}"),
                        Item.STATUS, AttributeValue.fromS("SUCCEEDED"),
                        Item.VERSION, AttributeValue.fromN("3")));
    }

    /** Returns the item of {@code id}; empty if there is none. */
    public Map<String, AttributeValue> get(String id) {
        return client().getItem(get -> get.tableName(TABLE).key(key(id)).consistentRead(true))
                .item();
    }

    /** Returns the status of the item of {@code id}, as stored. */
    public String status(String id) {
        return get(id).getOrDefault(Item.STATUS, AttributeValue.fromS("")).s();
    }

    /** Makes the item of {@code id} expire now. */
    public void expire(String id) {
        client().updateItem(
                        update ->
                                update.tableName(TABLE)
                                        .key(key(id))
                                        .updateExpression("SET expiresAt = :now")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":now",
                                                        AttributeValue.fromN(
                                                                Long.toString(
                                                                        Instant.now()
                                                                                .getEpochSecond())))));
    }

    /** Deletes the item of {@code id}, as its expiry does. */
    public void delete(String id) {
        client().deleteItem(delete -> delete.tableName(TABLE).key(key(id)));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Item.key(new RequestKey(OWNER, id));
    }

    @Override
    public void close() {
        external.close();
    }
}
