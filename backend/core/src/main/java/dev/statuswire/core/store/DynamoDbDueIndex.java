package dev.statuswire.core.store;

import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The index {@value RequestsTable#DUE_INDEX} of the requests table. */
public final class DynamoDbDueIndex implements DueIndex {

    /** The last characters that an id can have. */
    private static final List<String> SHARDS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
                    .chars()
                    .mapToObj(Character::toString)
                    .toList();

    private final DynamoDbClient dynamoDb;
    private final String table;

    /** The index of {@code table}. */
    public DynamoDbDueIndex(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public List<DueRequest> dueAt(Instant now, int limitPerShard) {
        try {
            return SHARDS.stream().flatMap(shard -> dueAt(shard, now, limitPerShard)).toList();
        } catch (SdkException failed) {
            throw new StoreException("search for what is due", failed);
        }
    }

    private Stream<DueRequest> dueAt(String shard, Instant now, int limit) {
        var query =
                QueryRequest.builder()
                        .tableName(table)
                        .indexName(RequestsTable.DUE_INDEX)
                        .keyConditionExpression("dueShard = :shard AND dueAt <= :now")
                        .expressionAttributeValues(
                                Map.of(
                                        ":shard",
                                        AttributeValue.fromS(shard),
                                        ":now",
                                        AttributeValue.fromN(Long.toString(now.toEpochMilli()))))
                        .limit(limit)
                        .build();
        return dynamoDb.query(query).items().stream().flatMap(DynamoDbDueIndex::due);
    }

    /** Others write items, too; what is no request is passed over here as everywhere. */
    private static Stream<DueRequest> due(Map<String, AttributeValue> item) {
        try {
            return Stream.of(new DueRequest(Item.keyOf(item), Item.dueAt(item)));
        } catch (IllegalArgumentException notOurs) {
            return Stream.empty();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Scans the index, which has only what is unfinished, and only keys: 10,000 requests are
     * about one page.
     */
    @Override
    public long unfinishedOf(String owner) {
        var scan =
                ScanRequest.builder()
                        .tableName(table)
                        .indexName(RequestsTable.DUE_INDEX)
                        .filterExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", Item.OWNER))
                        .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner)))
                        .select(Select.COUNT)
                        .build();
        try {
            return dynamoDb.scanPaginator(scan).stream().mapToLong(page -> page.count()).sum();
        } catch (SdkException failed) {
            throw new StoreException("count of what " + owner + " has unfinished", failed);
        }
    }
}
