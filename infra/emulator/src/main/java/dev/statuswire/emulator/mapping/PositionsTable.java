package dev.statuswire.emulator.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Stores positions as items of a table:
 *
 * <pre>
 * position        S   "{stream ARN}#{shard}#{mapping}", the partition key
 * sequenceNumber  S   the last record that is done with all records before it
 * </pre>
 *
 * The stream's ARN contains its creation time, so a new database starts without positions. A write
 * succeeds only if the item is still as this mapping last read it, because DynamoDB would compare
 * the numbers as text.
 */
public final class PositionsTable implements ShardPositions {

    private static final String POSITION = "position";

    /** Fails if another process has moved the position since. */
    private static final String UNMOVED = "sequenceNumber = :from";

    /** Fails if another process has already stored a position. */
    private static final String NEW = "attribute_not_exists(#position)";

    private final DynamoDbClient client;
    private final String table;
    private final String streamArn;
    private final String mapping;

    PositionsTable(DynamoDbClient client, String table, String streamArn, String mapping) {
        this.client = client;
        this.table = table;
        this.streamArn = streamArn;
        this.mapping = mapping;
    }

    @Override
    public Optional<SequenceNumber> read(String shardId) {
        return number(
                client.getItem(get -> get.tableName(table).key(key(shardId)).consistentRead(true))
                        .item());
    }

    @Override
    public SequenceNumber advance(
            String shardId, @Nullable SequenceNumber from, SequenceNumber to) {
        try {
            write(shardId, from, to);
            return to;
        } catch (ConditionalCheckFailedException e) {
            SequenceNumber found = number(e.item()).orElse(null);
            return found != null && found.compareTo(to) >= 0 ? found : advance(shardId, found, to);
        }
    }

    private void write(String shardId, @Nullable SequenceNumber from, SequenceNumber to) {
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":to", AttributeValue.fromS(to.text())));
        if (from != null) {
            values.put(":from", AttributeValue.fromS(from.text()));
        }
        client.updateItem(
                update ->
                        update.tableName(table)
                                .key(key(shardId))
                                .updateExpression("SET sequenceNumber = :to")
                                .conditionExpression(from == null ? NEW : UNMOVED)
                                .expressionAttributeNames(
                                        from == null ? Map.of("#position", POSITION) : null)
                                .expressionAttributeValues(values)
                                .returnValuesOnConditionCheckFailure(
                                        ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }

    private static Optional<SequenceNumber> number(@Nullable Map<String, AttributeValue> item) {
        return Optional.ofNullable(item)
                .map(found -> found.get("sequenceNumber"))
                .map(n -> SequenceNumber.of(n.s()));
    }

    private Map<String, AttributeValue> key(String shardId) {
        return Map.of(POSITION, AttributeValue.fromS(streamArn + "#" + shardId + "#" + mapping));
    }

    /** Returns the request that creates the table with the name {@code table}. */
    public static CreateTableRequest definition(String table) {
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName(POSITION)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName(POSITION)
                                .keyType(KeyType.HASH)
                                .build())
                .build();
    }
}
