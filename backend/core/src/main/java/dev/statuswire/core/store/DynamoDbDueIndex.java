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
     * The index is read as a whole if it has at most this many pages of 1 MB, which is about
     * 100,000 unfinished requests. A larger index is queried by partition. At this size, both cost
     * about 1,300 read units.
     */
    private static final int PAGES_READ_WHOLE = 10;

    /**
     * The number of segments in which the index is read for entries whose partition Statuswire does
     * not write.
     */
    static final int SEGMENTS = 16;

    /**
     * The minimum number of partitions that are read to estimate an owner's unfinished requests.
     */
    static final int SAMPLED = 16;

    /** The minimum number of requests that are counted for an owner at the limit. */
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
    private final RandomGenerator random;

    /** Creates the index of {@code table}. */
    public DynamoDbDueIndex(DynamoDbClient dynamoDb, String table) {
        this(dynamoDb, table, PAGES_READ_WHOLE, null, new SecureRandom());
    }

    /**
     * Creates the index of {@code table} with these limits.
     *
     * @param pagesReadWhole the maximum number of pages in which the whole index is read
     * @param pageSize the number of entries per page; null for as many as fit into 1 MB
     * @param random chooses partitions; thread-safe
     */
    DynamoDbDueIndex(
            DynamoDbClient dynamoDb,
            String table,
            int pagesReadWhole,
            @Nullable Integer pageSize,
            RandomGenerator random) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.pagesReadWhole = pagesReadWhole;
        this.pageSize = pageSize;
        this.random = random;
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the index is not large, it is read as a whole. Otherwise each partition is queried,
     * which reads only the due entries. Entries in partitions that Statuswire does not write (but
     * an older release or another program may) are then looked for in one segment of the index per
     * minute.
     */
    @Override
    public List<DueRequest> dueAt(Instant now, int limitPerShard) {
        try {
            return readWhole(now)
                    .orElseGet(() -> queried(now, limitPerShard))
                    .sorted(Comparator.comparing(DueRequest::dueAt))
                    .toList();
        } catch (SdkException failed) {
            throw new StoreException("search for due requests", failed);
        }
    }

    /** Returns all due requests, in any order; empty if the index has too many pages. */
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

    /**
     * Queries each partition. Starts at another partition each second, so that the same ones do not
     * always come first.
     */
    private Stream<DueRequest> queried(Instant now, int limit) {
        int first = Math.floorMod(now.getEpochSecond(), RequestKey.DUE_SHARDS);
        Stream<DueRequest> known =
                IntStream.range(first, first + RequestKey.DUE_SHARDS)
                        .mapToObj(shard -> Integer.toString(shard % RequestKey.DUE_SHARDS))
                        .flatMap(shard -> dueIn(shard, now, limit).stream());
        return Stream.concat(known, inOtherPartitions(now));
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

    private Stream<DueRequest> inOtherPartitions(Instant now) {
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

    /**
     * Reads an entry. Other programs may write items as well; an entry that is not a request's is
     * skipped.
     */
    private static Stream<DueRequest> due(Map<String, AttributeValue> item) {
        try {
            return Stream.of(new DueRequest(Item.keyOf(item), Item.dueAt(item)));
        } catch (IllegalArgumentException notARequest) {
            return Stream.empty();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Counts the owner's entries in some partitions and extrapolates. The hash of the key
     * spreads an owner's requests over all partitions, so {@value #SAMPLED} partitions contain a
     * sixteenth of the requests. For a small limit, more partitions are read, so that {@value
     * #SAMPLED_REQUESTS} requests of an owner at the limit are among them; for a limit of up to
     * {@value #SAMPLED_REQUESTS}, that is all partitions. The partitions are chosen at random each
     * time. Near the limit, the estimate is usually within 15 %. If an owner chooses ids so that
     * they fall into few partitions, the estimate is usually too low. Entries in partitions that
     * Statuswire does not write are not counted.
     */
    @Override
    public long unfinishedOf(String owner, long limit) {
        int shards = sampled(limit);
        try {
            long counted =
                    random.ints(0, RequestKey.DUE_SHARDS)
                            .distinct()
                            .limit(shards)
                            .mapToLong(shard -> unfinishedIn(shard, owner))
                            .sum();
            return counted * RequestKey.DUE_SHARDS / shards;
        } catch (SdkException failed) {
            throw new StoreException("count of unfinished requests of " + owner, failed);
        }
    }

    private static int sampled(long limit) {
        long needed = ((long) SAMPLED_REQUESTS * RequestKey.DUE_SHARDS + limit - 1) / limit;
        return (int) Math.max(SAMPLED, Math.min(needed, RequestKey.DUE_SHARDS));
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
