package dev.statuswire.core.store;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The index {@value RequestsTable#DUE_INDEX} of the requests table. */
public final class DynamoDbDueIndex implements DueIndex {

    /** The last characters that an id can have. */
    static final List<String> SHARDS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
                    .chars()
                    .mapToObj(Character::toString)
                    .toList();

    /**
     * How many unfinished requests are few. An entry is some 100 bytes, so that a scan in vain of
     * so many adds a tenth to the read units of the queries after it.
     */
    static final int FEW = 250;

    private final DynamoDbClient dynamoDb;
    private final String table;

    /** The index of {@code table}. */
    public DynamoDbDueIndex(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /**
     * {@inheritDoc}
     *
     * <p>One scan, where it is all that is unfinished, as nearly always. Where DynamoDB says that
     * it may not be, one query of each shard, which reads only what is due.
     */
    @Override
    public List<DueRequest> dueAt(Instant now, int limitPerShard) {
        try {
            ScanResponse page = dynamoDb.scan(firstPage(now));
            return page.lastEvaluatedKey().isEmpty()
                    ? ofEachShard(page.items(), limitPerShard)
                    : askedOfEachShard(now, limitPerShard);
        } catch (SdkException failed) {
            throw new StoreException("search for what is due", failed);
        }
    }

    /** The limit counts what is read, the filter decides what of it is answered. */
    private ScanRequest firstPage(Instant now) {
        return ScanRequest.builder()
                .tableName(table)
                .indexName(RequestsTable.DUE_INDEX)
                .filterExpression("dueAt <= :now")
                .expressionAttributeValues(Map.of(":now", milliseconds(now)))
                .limit(FEW)
                .build();
    }

    private static List<DueRequest> ofEachShard(
            List<Map<String, AttributeValue>> items, int limit) {
        Map<String, List<Map<String, AttributeValue>>> shards =
                items.stream().collect(groupingBy(DynamoDbDueIndex::shardOf));
        return SHARDS.stream()
                .map(shard -> shards.getOrDefault(shard, List.of()))
                .flatMap(shard -> longestOverdue(shard, limit))
                .toList();
    }

    private static String shardOf(Map<String, AttributeValue> entry) {
        return Optional.ofNullable(entry.get(Item.DUE_SHARD)).map(AttributeValue::s).orElse("");
    }

    private static Stream<DueRequest> longestOverdue(
            List<Map<String, AttributeValue>> shard, int limit) {
        return shard.stream()
                .flatMap(DynamoDbDueIndex::due)
                .sorted(comparing(DueRequest::dueAt))
                .limit(limit);
    }

    private List<DueRequest> askedOfEachShard(Instant now, int limit) {
        return SHARDS.stream().flatMap(shard -> dueAt(shard, now, limit)).toList();
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
                                        milliseconds(now)))
                        .limit(limit)
                        .build();
        return dynamoDb.query(query).items().stream().flatMap(DynamoDbDueIndex::due);
    }

    private static AttributeValue milliseconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.toEpochMilli()));
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
