package dev.statuswire.core.activity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The table of what happened to users. A change is written under its sequence number, so that one
 * that comes twice is there once. Calls block and throw {@link StoreException}. Thread-safe.
 *
 * <pre>
 * username  S  partition key, in lower case
 * sequence  S  sort key: the stream record's sequence number, with zeros in front to 40 digits, since
 *              they compare as numbers and this key compares as text
 * owner     S? who may see it; absent: everybody
 * entry     S  JSON {event, at, old, new}
 * </pre>
 */
public final class ActivityLog {

    private static final String USERNAME = "username";
    private static final String SEQUENCE = "sequence";
    private static final String OWNER = "owner";
    private static final String ENTRY = "entry";

    private final DynamoDbClient dynamoDb;
    private final String table;

    /** The log in {@code table}. */
    public ActivityLog(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** How to make its table. */
    public static CreateTableRequest definition(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute(USERNAME), attribute(SEQUENCE))
                .keySchema(key(USERNAME, KeyType.HASH), key(SEQUENCE, KeyType.RANGE))
                .build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    /** Writes a change; once more does no harm. */
    public void add(Activity activity) {
        var item = new HashMap<String, AttributeValue>();
        item.put(USERNAME, AttributeValue.fromS(activity.username()));
        item.put(SEQUENCE, AttributeValue.fromS(padded(activity.sequenceNumber())));
        item.put(ENTRY, AttributeValue.fromS(Json.write(activity.toJson())));
        Optional.ofNullable(activity.owner())
                .ifPresent(owner -> item.put(OWNER, AttributeValue.fromS(owner)));
        try {
            dynamoDb.putItem(put -> put.tableName(table).item(item));
        } catch (SdkException failed) {
            throw new StoreException("record of what happened to " + activity.username(), failed);
        }
    }

    private static String padded(String sequenceNumber) {
        return "0".repeat(Math.max(0, 40 - sequenceNumber.length())) + sequenceNumber;
    }

    /**
     * What happened to a user, as far as {@code owner} may see it, the first change first; empty
     * where there is no such user.
     */
    public List<JsonNode> of(String username, String owner) {
        String key = username.toLowerCase(Locale.ROOT);
        var query =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression("username = :username")
                        .expressionAttributeValues(Map.of(":username", AttributeValue.fromS(key)))
                        .consistentRead(true)
                        .build();
        try {
            return dynamoDb.queryPaginator(query).items().stream()
                    .filter(item -> isFor(owner, item))
                    .flatMap(item -> entry(item).stream())
                    .toList();
        } catch (SdkException failed) {
            throw new StoreException("read of what happened to " + username, failed);
        }
    }

    private static boolean isFor(String owner, Map<String, AttributeValue> item) {
        AttributeValue whose = item.get(OWNER);
        return whose == null || owner.equals(whose.s());
    }

    private static List<JsonNode> entry(Map<String, AttributeValue> item) {
        AttributeValue entry = item.get(ENTRY);
        return entry == null ? List.of() : Json.parse(entry.s()).stream().toList();
    }
}
