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
 * The activity table: every change to every user. A change is stored under its sequence number, so
 * a change that is delivered twice is stored once. Calls block and throw {@link StoreException}.
 * Thread-safe.
 *
 * <pre>
 * username  S  partition key, in lower case
 * sequence  S  sort key: the stream record's sequence number, padded with zeros to 40 digits:
 *              sequence numbers compare as numbers and this key compares as text
 * owner     S? the owner who may see the entry; absent: every owner may
 * entry     S  JSON {event, at, old, new}
 * expiresAt N  epoch seconds: 90 days after the change; the table's TTL attribute. Readers ignore
 *              expired entries
 * </pre>
 */
public final class ActivityLog {

    private static final int MAX_QUERIES = 4;

    /** How many entries each query after the first one reads. The filter may drop all of them. */
    private static final int READ_AT_ONCE = 500;

    /** The partition key. */
    public static final String USERNAME = "username";

    /** The sort key. */
    public static final String SEQUENCE = "sequence";

    private static final String OWNER = "owner";
    private static final String ENTRY = "entry";

    /** The table's TTL attribute. */
    public static final String EXPIRES_AT = "expiresAt";

    /** How long an entry is kept. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /**
     * Selects the entries that an owner may see and that have not expired. Entries that an older
     * release wrote have no {@value #EXPIRES_AT}.
     */
    private static final String IS_SHOWN =
            "(attribute_not_exists(#owner) OR #owner = :owner)"
                    + " AND (attribute_not_exists(expiresAt) OR expiresAt > :now)";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    /** Creates a log that stores its entries in {@code table}. */
    public ActivityLog(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    /** Stores a change. Storing the same change again has no effect. */
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
            throw new StoreException("write of the activity of " + activity.username(), failed);
        }
    }

    private static String padded(String sequenceNumber) {
        return "0".repeat(Math.max(0, 40 - sequenceNumber.length())) + sequenceNumber;
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    /**
     * Returns the changes to a user that the query's owner may see. The page is empty if the user
     * does not exist.
     *
     * <p>Entries of other owners, who had a user with this name before, are skipped. To limit its
     * duration, a call makes at most {@value #MAX_QUERIES} queries, each of up to {@value
     * #READ_AT_ONCE} entries and 1 MB. If most entries are skipped, the page may therefore be short
     * and still have a next page.
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
                limit = READ_AT_ONCE; // to get past the entries of other owners
            }
        } catch (SdkException failed) {
            throw new StoreException("read of the activity of " + username, failed);
        }
        return cut(entries, after, query.limit());
    }

    /**
     * Cuts the entries to {@code limit}, because the queries may find more. The next page then
     * starts after the last entry that fits.
     */
    private static ActivityPage cut(
            List<ActivityEntry> entries, Optional<String> after, int limit) {
        if (entries.size() <= limit) {
            return new ActivityPage(entries, after);
        }
        List<ActivityEntry> shown = entries.subList(0, limit);
        return new ActivityPage(shown, Optional.of(shown.get(shown.size() - 1).sequence()));
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
