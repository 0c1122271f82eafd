package dev.statuswire.core.link;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.transition.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Links in a DynamoDB table.
 *
 * <pre>
 * id         S   partition key: the SHA-256 hash of the secret, in base64url
 * request    S   partition key of the index "request": the owner, "#", and the id of the request
 * life       S?  the life of the request; absent if it has none
 * scope      S   "watch" or "answer"
 * step       S?  the only step that may be answered
 * label      S?
 * showsInput BOOL
 * createdAt  S   ISO-8601 UTC, milliseconds; sort key of the index
 * expiresAt  N   epoch seconds; the table's TTL attribute
 * </pre>
 *
 * <p>A revoked link leaves an item that has only {@code id} and {@code expiresAt}, so that an
 * abandoned call cannot store the link again if it arrives later.
 *
 * <p>A link is read by its hash, consistently, so that it is valid once it is created and invalid
 * once it is revoked. Only the list of a request's links reads the index.
 */
public final class DynamoDbLinks implements LinkStore {

    /** The partition key. */
    public static final String ID = "id";

    /** The partition key of the index. */
    public static final String REQUEST = "request";

    /** The sort key of the index. */
    public static final String CREATED_AT = "createdAt";

    /** The table's TTL attribute. */
    public static final String EXPIRES_AT = "expiresAt";

    /** The name of the index of links by request. */
    public static final String REQUEST_INDEX = "request";

    /** Much longer than an abandoned call can be on its way. */
    private static final Duration REVOKED_FOR = Duration.ofDays(1);

    private static final String LIFE = "life";
    private static final String SCOPE = "scope";
    private static final String STEP = "step";
    private static final String LABEL = "label";
    private static final String SHOWS_INPUT = "showsInput";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    /**
     * Creates a store on {@code table}.
     *
     * @param clock by which links expire
     */
    public DynamoDbLinks(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void add(Link link) {
        try {
            dynamoDb.putItem(
                    put ->
                            put.tableName(table)
                                    .item(item(link))
                                    .conditionExpression("attribute_not_exists(#id)")
                                    .expressionAttributeNames(Map.of("#id", ID)));
        } catch (ConditionalCheckFailedException sentAgain) {
            // An earlier copy of this call has stored the link, and it may be revoked since.
        } catch (SdkException failed) {
            throw new StoreException("creation of a link to " + link.request(), failed);
        }
    }

    @Override
    public Optional<Link> find(String id) {
        try {
            var found =
                    dynamoDb.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true));
            return found.item().containsKey(REQUEST)
                    ? unexpired(link(found.item()))
                    : Optional.empty();
        } catch (SdkException failed) {
            throw new StoreException("read of a link", failed);
        }
    }

    @Override
    public List<Link> of(RequestKey request) {
        var query =
                QueryRequest.builder()
                        .tableName(table)
                        .indexName(REQUEST_INDEX)
                        .keyConditionExpression("#request = :request")
                        .expressionAttributeNames(Map.of("#request", REQUEST))
                        .expressionAttributeValues(Map.of(":request", text(request(request))))
                        .scanIndexForward(false)
                        .build();
        try {
            return dynamoDb.queryPaginator(query).items().stream()
                    .flatMap(item -> unexpired(link(item)).stream())
                    .sorted(Comparator.comparing(Link::createdAt).reversed())
                    .toList();
        } catch (SdkException failed) {
            throw new StoreException("query for the links of " + request, failed);
        }
    }

    @Override
    public boolean revoke(RequestKey request, String id) {
        try {
            dynamoDb.putItem(
                    put ->
                            put.tableName(table)
                                    .item(revoked(id))
                                    .conditionExpression("#request = :request")
                                    .expressionAttributeNames(Map.of("#request", REQUEST))
                                    .expressionAttributeValues(
                                            Map.of(":request", text(request(request)))));
            return true;
        } catch (ConditionalCheckFailedException unknown) {
            return false;
        } catch (SdkException failed) {
            throw new StoreException("revocation of a link to " + request, failed);
        }
    }

    @Override
    public void delete(String id) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(id)));
        } catch (SdkException failed) {
            throw new StoreException("deletion of a link", failed);
        }
    }

    private Map<String, AttributeValue> revoked(String id) {
        var item = new HashMap<>(key(id));
        item.put(EXPIRES_AT, seconds(clock.instant().plus(REVOKED_FOR)));
        return item;
    }

    private Optional<Link> unexpired(Link link) {
        return Optional.of(link).filter(it -> !it.isExpired(clock.instant()));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of(ID, text(id));
    }

    /** An id contains no {@code #}, so two requests never have the same text. */
    private static String request(RequestKey key) {
        return key.owner() + "#" + key.id();
    }

    private static RequestKey request(String stored) {
        int end = stored.lastIndexOf('#');
        return new RequestKey(stored.substring(0, end), stored.substring(end + 1));
    }

    private static Map<String, AttributeValue> item(Link link) {
        LinkOptions options = link.options();
        var item = new HashMap<>(key(link.id()));
        item.put(REQUEST, text(request(link.request())));
        putIfPresent(item, LIFE, link.life());
        item.put(SCOPE, text(options.scope().label()));
        putIfPresent(item, STEP, options.step());
        putIfPresent(item, LABEL, options.label());
        item.put(SHOWS_INPUT, AttributeValue.fromBool(options.showsInput()));
        item.put(CREATED_AT, text(Item.format(link.createdAt())));
        item.put(EXPIRES_AT, seconds(options.expiresAt()));
        return item;
    }

    private static void putIfPresent(
            Map<String, AttributeValue> item, String name, @Nullable String value) {
        if (value != null) {
            item.put(name, text(value));
        }
    }

    private static Link link(Map<String, AttributeValue> item) {
        var options =
                new LinkOptions(
                        LinkScope.of(required(item, SCOPE)).orElse(LinkScope.WATCH),
                        optional(item, STEP),
                        optional(item, LABEL),
                        Objects.requireNonNull(item.get(SHOWS_INPUT)).bool(),
                        Instant.ofEpochSecond(
                                Long.parseLong(Objects.requireNonNull(item.get(EXPIRES_AT)).n())));
        return new Link(
                required(item, ID),
                request(required(item, REQUEST)),
                optional(item, LIFE),
                options,
                Instant.parse(required(item, CREATED_AT)));
    }

    private static String required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    private static @Nullable String optional(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
