package dev.statuswire.core.activity;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

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
 * expiresAt N  epoch seconds: 90 days after the change; the table's TTL, and readers take an entry
 *              for absent from then on
 * </pre>
 */
public final class ActivityLog {

    private static final int MAX_QUERIES = 4;

    /** How many entries a query reads after the first one; it may bring none of them. */
    private static final int READ_AT_ONCE = 500;

    /** The partition key. */
    public static final String USERNAME = "username";

    /** The sort key. */
    public static final String SEQUENCE = "sequence";

    private static final String OWNER = "owner";
    private static final String ENTRY = "entry";

    /** The attribute that the table's TTL is set to. */
    public static final String EXPIRES_AT = "expiresAt";

    /** How long a change is kept. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** What the owner may see. An entry of an older release has no {@value #EXPIRES_AT}. */
    private static final String IS_SHOWN =
            "(attribute_not_exists(#owner) OR #owner = :owner)"
                    + " AND (attribute_not_exists(expiresAt) OR expiresAt > :now)";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    /** The log in {@code table}. */
    public ActivityLog(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    /** Writes a change; once more does no harm. */
    public void add(Activity activity) {
        var item = new HashMap<String, AttributeValue>();
        item.put(USERNAME, AttributeValue.fromS(activity.username()));
        item.put(SEQUENCE, AttributeValue.fromS(padded(activity.sequenceNumber())));
        item.put(ENTRY, AttributeValue.fromS(Json.write(activity.toJson())));
        item.put(EXPIRES_AT, seconds(activity.at().plus(RETENTION)));
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

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    /**
     * Reads what happened to a user, as far as the owner may see it; empty if there is no such
     * user. Entries of other owners are passed over: of those who had a user of this name before.
     * Many of them end the page after {@value #MAX_QUERIES} queries, each of up to {@value
     * #READ_AT_ONCE} entries and 1 MB, short but with a next one, so that no call takes long.
     */
    public ActivityPage of(String username, ActivityQuery query) {
        var entries = new ArrayList<ActivityEntry>();
        Optional<String> after = query.after();
        int limit = query.limit();
        try {
            for (int queries = 0; queries < MAX_QUERIES; queries++) {
                QueryResponse found = dynamoDb.query(query(username, query.owner(), after, limit));
                found.items().stream().flatMap(ActivityLog::entry).forEach(entries::add);
                after =
                        Optional.ofNullable(found.lastEvaluatedKey().get(SEQUENCE))
                                .map(AttributeValue::s);
                if (after.isEmpty() || entries.size() >= query.limit()) {
                    break;
                }
                limit = READ_AT_ONCE; // past entries of others
            }
        } catch (SdkException failed) {
            throw new StoreException("read of what happened to " + username, failed);
        }
        return cut(entries, after, query.limit());
    }

    /** Queries may find more than fit; the next page then begins after the last that does. */
    private static ActivityPage cut(
            List<ActivityEntry> entries, Optional<String> after, int limit) {
        if (entries.size() <= limit) {
            return new ActivityPage(entries, after);
        }
        List<ActivityEntry> shown = entries.subList(0, limit);
        return new ActivityPage(shown, Optional.of(shown.getLast().sequence()));
    }

    private QueryRequest query(String username, String owner, Optional<String> after, int limit) {
        AttributeValue user = AttributeValue.fromS(username.toLowerCase(Locale.ROOT));
        return QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("username = :username")
                .filterExpression(IS_SHOWN)
                .expressionAttributeNames(Map.of("#owner", OWNER))
                .expressionAttributeValues(
                        Map.of(
                                ":username",
                                user,
                                ":owner",
                                AttributeValue.fromS(owner),
                                ":now",
                                seconds(clock.instant())))
                .exclusiveStartKey(
                        after.map(
                                        sequence ->
                                                Map.of(
                                                        USERNAME,
                                                        user,
                                                        SEQUENCE,
                                                        AttributeValue.fromS(sequence)))
                                .orElse(null))
                .consistentRead(true)
                .limit(limit)
                .build();
    }

    private static Stream<ActivityEntry> entry(Map<String, AttributeValue> item) {
        return Stream.ofNullable(item.get(ENTRY))
                .flatMap(entry -> Json.parse(entry.s()).stream())
                .map(shown -> new ActivityEntry(sequence(item), shown));
    }

    private static String sequence(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(SEQUENCE), SEQUENCE).s();
    }
}
