package dev.statuswire.core.store;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The index {@value Item#DUE_INDEX} of the requests table. */
public final class DynamoDbDueIndex implements DueIndex {

    /**
     * How many pages of 1 MB the whole index is read in, before each partition is queried for what
     * is due: about 100,000 unfinished requests. Both then cost some 1,300 read units.
     */
    private static final int PAGES_READ_WHOLE = 10;

    /** In how many parts the index is read for entries whose partition is not one of ours. */
    static final int SEGMENTS = 16;

    /** How many partitions at least are read to estimate what an owner has unfinished. */
    static final int SAMPLED = 16;

    /** How many requests of an owner at the limit are counted at least. */
    static final int SAMPLED_REQUESTS = 100;

    private static final Set<String> SHARDS =
            IntStream.range(0, RequestKey.DUE_SHARDS)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.toUnmodifiableSet());

    private static final long MILLIS_PER_MINUTE = 60_000;

    private static final String IS_DUE = Item.DUE_AT + " <= :now";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final int pagesReadWhole;
    private final @Nullable Integer pageSize;
    private final RandomGenerator chance;

    /** The index of {@code table}. */
    public DynamoDbDueIndex(DynamoDbClient dynamoDb, String table) {
        this(dynamoDb, table, PAGES_READ_WHOLE, null, new SecureRandom());
    }

    /**
     * @param pageSize entries that are read at once; null for as many as 1 MB has
     * @param chance chooses partitions; thread-safe
     */
    DynamoDbDueIndex(
            DynamoDbClient dynamoDb,
            String table,
            int pagesReadWhole,
            @Nullable Integer pageSize,
            RandomGenerator chance) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.pagesReadWhole = pagesReadWhole;
        this.pageSize = pageSize;
        this.chance = chance;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The index is read whole if it is not large. If it is, each partition is queried, which
     * reads only what is due. Entries of partitions that no writer of ours uses (an older
     * release's, another program's) are then looked for in one part of the index a minute.
     */
    @Override
    public List<DueRequest> dueAt(Instant now, int limitPerShard) {
        try {
            return readWhole(now)
                    .orElseGet(() -> queried(now, limitPerShard))
                    .sorted(Comparator.comparing(DueRequest::dueAt))
                    .toList();
        } catch (SdkException failed) {
            throw new StoreException("search for what is due", failed);
        }
    }

    /** All that is due; empty if the index is too large for it. */
    private Optional<Stream<DueRequest>> readWhole(Instant now) {
        var due = new ArrayList<DueRequest>();
        Map<String, AttributeValue> next = Map.of();
        for (int pages = 0; pages < pagesReadWhole; pages++) {
            ScanResponse page = dynamoDb.scan(dueOnly(now).exclusiveStartKey(orNull(next)).build());
            page.items().stream().flatMap(DynamoDbDueIndex::due).forEach(due::add);
            next = page.lastEvaluatedKey();
            if (next.isEmpty()) {
                return Optional.of(due.stream());
            }
        }
        return Optional.empty();
    }

    private static @Nullable Map<String, AttributeValue> orNull(Map<String, AttributeValue> key) {
        return key.isEmpty() ? null : key;
    }

    private ScanRequest.Builder dueOnly(Instant now) {
        return ScanRequest.builder()
                .tableName(table)
                .indexName(Item.DUE_INDEX)
                .filterExpression(IS_DUE)
                .expressionAttributeValues(Map.of(":now", milliseconds(now)))
                .limit(pageSize);
    }

    /** Starts at another partition each second, so that the first ones do not always come first. */
    private Stream<DueRequest> queried(Instant now, int limit) {
        int first = Math.floorMod(now.getEpochSecond(), RequestKey.DUE_SHARDS);
        Stream<DueRequest> ours =
                IntStream.range(first, first + RequestKey.DUE_SHARDS)
                        .mapToObj(shard -> Integer.toString(shard % RequestKey.DUE_SHARDS))
                        .flatMap(shard -> dueIn(shard, now, limit).stream());
        return Stream.concat(ours, strays(now));
    }

    private List<DueRequest> dueIn(String shard, Instant now, int limit) {
        var query =
                QueryRequest.builder()
                        .tableName(table)
                        .indexName(Item.DUE_INDEX)
                        .keyConditionExpression(Item.DUE_SHARD + " = :shard AND " + IS_DUE)
                        .expressionAttributeValues(
                                Map.of(
                                        ":shard",
                                        AttributeValue.fromS(shard),
                                        ":now",
                                        milliseconds(now)));
        var due = new ArrayList<DueRequest>();
        Map<String, AttributeValue> next = Map.of();
        do {
            QueryResponse page =
                    dynamoDb.query(
                            query.exclusiveStartKey(orNull(next))
                                    .limit(limit - due.size())
                                    .build());
            page.items().stream().flatMap(DynamoDbDueIndex::due).forEach(due::add);
            next = page.lastEvaluatedKey();
        } while (due.size() < limit && !next.isEmpty());
        return due;
    }

    private Stream<DueRequest> strays(Instant now) {
        int segment = (int) (now.toEpochMilli() / MILLIS_PER_MINUTE % SEGMENTS);
        var scan = dueOnly(now).segment(segment).totalSegments(SEGMENTS).build();
        return dynamoDb.scanPaginator(scan).items().stream()
                .filter(entry -> !SHARDS.contains(shardOf(entry)))
                .flatMap(DynamoDbDueIndex::due);
    }

    private static String shardOf(Map<String, AttributeValue> entry) {
        return Optional.ofNullable(entry.get(Item.DUE_SHARD)).map(AttributeValue::s).orElse("");
    }

    private static AttributeValue milliseconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.toEpochMilli()));
    }

    /** Other programs write items, too; what is not a request's entry is passed over. */
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
     * <p>Counts the owner's entries in some partitions and multiplies. The hash of the key spreads
     * an owner's requests over all partitions, so {@value #SAMPLED} of them are a sixteenth of the
     * index. If the limit is small, so many partitions are read that {@value #SAMPLED_REQUESTS} of
     * the owner's requests at the limit would be among them; that is all of them up to {@value
     * #SAMPLED_REQUESTS}. The partitions are chosen at random each time. Near the limit the
     * estimate is mostly within 15 %. An owner who chooses ids of few partitions is counted too low
     * most of the time. Entries in partitions that no writer of ours uses are not counted.
     */
    @Override
    public long unfinishedOf(String owner, long limit) {
        int shards = sampled(limit);
        try {
            long counted =
                    chance.ints(0, RequestKey.DUE_SHARDS)
                            .distinct()
                            .limit(shards)
                            .mapToLong(shard -> unfinishedIn(shard, owner))
                            .sum();
            return counted * RequestKey.DUE_SHARDS / shards;
        } catch (SdkException failed) {
            throw new StoreException("count of what " + owner + " has unfinished", failed);
        }
    }

    private static int sampled(long limit) {
        long needed = Math.ceilDiv((long) SAMPLED_REQUESTS * RequestKey.DUE_SHARDS, limit);
        return Math.clamp(needed, SAMPLED, RequestKey.DUE_SHARDS);
    }

    private long unfinishedIn(int shard, String owner) {
        var query =
                QueryRequest.builder()
                        .tableName(table)
                        .indexName(Item.DUE_INDEX)
                        .keyConditionExpression(Item.DUE_SHARD + " = :shard")
                        .filterExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", Item.OWNER))
                        .expressionAttributeValues(
                                Map.of(
                                        ":shard",
                                        AttributeValue.fromS(Integer.toString(shard)),
                                        ":owner",
                                        AttributeValue.fromS(owner)))
                        .select(Select.COUNT)
                        .limit(pageSize)
                        .build();
        return dynamoDb.queryPaginator(query).stream().mapToLong(page -> page.count()).sum();
    }
}
