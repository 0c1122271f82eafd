package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Placeholders;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists an owner's requests, with only as many consistent queries as are needed to fill the page.
 * To limit its duration, a call makes at most {@value #MAX_QUERIES} queries. With a filter, each
 * reads up to {@value #READ_AT_ONCE} requests and 1 MB. If the filter selects few requests, the
 * page may therefore be short and still have a next page.
 */
final class RequestPageReader {

    private static final int MAX_QUERIES = 4;

    /** How many requests a query with a filter reads. The filter may drop all of them. */
    private static final int READ_AT_ONCE = 500;

    /**
     * The lowest id that a request can have. Items before it are not requests, such as an {@link
     * IdempotencyKeyItem}.
     */
    private static final String LOWEST_ID = "-";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final UnreadableItems unreadable;
    private final InstantSource clock;

    RequestPageReader(
            DynamoDbClient dynamoDb,
            String table,
            UnreadableItems unreadable,
            InstantSource clock) {
        this.clock = clock;
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.unreadable = unreadable;
    }

    RequestPage page(ListQuery query) {
        if (query.before().filter(before -> before.compareTo(LOWEST_ID) <= 0).isPresent()) {
            // No id is lower, and DynamoDB would refuse to start there.
            return new RequestPage(List.of(), Optional.empty());
        }
        var found = new ArrayList<Request>();
        Optional<String> before = query.before();
        for (int queries = 0; queries < MAX_QUERIES; queries++) {
            QueryResponse response = query(query, before, query.limit() - found.size());
            response.items().stream().flatMap(this::request).forEach(found::add);
            before = lastId(response.lastEvaluatedKey());
            if (before.isEmpty() || found.size() >= query.limit()) {
                break;
            }
        }
        return new RequestPage(found, before);
    }

    private Stream<Request> request(Map<String, AttributeValue> item) {
        Item.Reading reading = Item.reading(item, clock.instant());
        if (reading instanceof Item.Reading.Unreadable broken) {
            unreadable.found(broken);
        }
        return reading.request().stream();
    }

    private QueryResponse query(ListQuery query, Optional<String> before, int limit) {
        var placeholders = new Placeholders();
        String ownersOwn =
                placeholders.name(Item.OWNER)
                        + " = "
                        + placeholders.value(AttributeValue.fromS(query.owner()))
                        + " AND "
                        + placeholders.name(Item.ID)
                        + " >= "
                        + placeholders.value(AttributeValue.fromS(LOWEST_ID));
        var request =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression(ownersOwn)
                        .filterExpression(filter(query, placeholders))
                        .expressionAttributeNames(placeholders.names())
                        .expressionAttributeValues(placeholders.values())
                        .exclusiveStartKey(startKey(query.owner(), before))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(isFiltered(query) ? READ_AT_ONCE : limit)
                        .build();
        try {
            return cut(dynamoDb.query(request), limit);
        } catch (SdkException failed) {
            throw new StoreException("list of " + query.owner(), failed);
        }
    }

    /**
     * Cuts the response of a query to {@code limit}, because a filtered query may find more. The
     * next page then starts after the last item that fits.
     */
    private static QueryResponse cut(QueryResponse response, int limit) {
        List<Map<String, AttributeValue>> items = response.items();
        if (items.size() <= limit) {
            return response;
        }
        Map<String, AttributeValue> last = items.get(limit - 1);
        return response.toBuilder()
                .items(items.subList(0, limit))
                .lastEvaluatedKey(
                        Map.of(Item.OWNER, last.get(Item.OWNER), Item.ID, last.get(Item.ID)))
                .build();
    }

    private static boolean isFiltered(ListQuery query) {
        return !query.statuses().isEmpty() || !query.types().isEmpty() || !query.tags().isEmpty();
    }

    private static @Nullable String filter(ListQuery query, Placeholders placeholders) {
        if (!isFiltered(query)) {
            return null;
        }
        var conditions = new ArrayList<Condition>();
        if (!query.statuses().isEmpty()) {
            conditions.add(
                    new Condition.OneOf(
                            Item.STATUS, query.statuses().stream().map(Status::name).toList()));
        }
        if (!query.types().isEmpty()) {
            conditions.add(new Condition.OneOf(Item.TYPE, List.copyOf(query.types())));
        }
        if (!query.tags().isEmpty()) {
            conditions.add(new Condition.HasOneOf(Item.TAGS, List.copyOf(query.tags())));
        }
        return new Condition.All(conditions).expression(placeholders);
    }

    private static @Nullable Map<String, AttributeValue> startKey(
            String owner, Optional<String> before) {
        return before.map(id -> Item.key(new RequestKey(owner, id))).orElse(null);
    }

    private static Optional<String> lastId(Map<String, AttributeValue> key) {
        return Optional.ofNullable(key.get(Item.ID)).map(AttributeValue::s);
    }
}
