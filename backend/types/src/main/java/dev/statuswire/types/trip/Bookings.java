package dev.statuswire.types.trip;

import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.TypeEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * A reservation service in a DynamoDB table, which deduplicates by effect key. Calls block.
 * Thread-safe.
 *
 * <pre>
 * effectKey  S   partition key: of the step that books
 * what       S   such as "hotel: 3 nights in Lisbon"
 * state      S   BOOKED or RELEASED
 * releases   N?  how often the release was tried
 * expiresAt  N   epoch seconds
 * </pre>
 *
 * <p>A released booking stays in the table, so that a worker that was overtaken cannot book it
 * again.
 */
public final class Bookings {

    /** The attribute that contains the state of a booking. */
    public static final String STATE = "state";

    /** The state of a booking in effect. */
    public static final String BOOKED = "BOOKED";

    private static final String EFFECT_KEY = "effectKey";
    private static final String RELEASED = "RELEASED";
    private static final String RELEASES = "releases";

    /** Longer than requests are kept, so that a step that runs again finds its booking. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final DynamoDbClient dynamoDb;
    private final String table;

    private Bookings(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** Returns the bookings that the steps of a process share. */
    static Bookings of(StepContext<?> context) {
        return context.environment()
                .once(
                        Bookings.class,
                        process ->
                                new Bookings(
                                        process.client(DynamoDbClient.class), tableIn(process)));
    }

    /** Returns the name of the table, from {@code STATUSWIRE_BOOKINGS_TABLE}. */
    public static String tableIn(TypeEnvironment environment) {
        return environment.setting("STATUSWIRE_BOOKINGS_TABLE").orElse("statuswire-bookings");
    }

    /** Books once for each effect key. */
    void book(String effectKey, String what) {
        try {
            dynamoDb.putItem(
                    put ->
                            put.tableName(table)
                                    .item(
                                            Map.of(
                                                    EFFECT_KEY,
                                                    AttributeValue.fromS(effectKey),
                                                    "what",
                                                    AttributeValue.fromS(what),
                                                    STATE,
                                                    AttributeValue.fromS(BOOKED),
                                                    "expiresAt",
                                                    AttributeValue.fromN(expiresAt())))
                                    .conditionExpression("attribute_not_exists(effectKey)"));
        } catch (ConditionalCheckFailedException bookedBefore) {
            // An earlier run of the step has booked.
        }
    }

    /**
     * Counts a try to release the booking.
     *
     * @return how often it was tried, including this time
     */
    int countRelease(String effectKey) {
        var updated =
                update(
                        effectKey,
                        RELEASES,
                        "ADD #attribute :one",
                        Map.of(":one", AttributeValue.fromN("1")));
        return Integer.parseInt(Objects.requireNonNull(updated.get(RELEASES)).n());
    }

    /** Releases the booking, or prevents it if there is none yet. A second call changes nothing. */
    void release(String effectKey) {
        update(
                effectKey,
                STATE,
                "SET #attribute = :released, expiresAt = :end",
                Map.of(
                        ":released",
                        AttributeValue.fromS(RELEASED),
                        ":end",
                        AttributeValue.fromN(expiresAt())));
    }

    private Map<String, AttributeValue> update(
            String effectKey,
            String attribute,
            String expression,
            Map<String, AttributeValue> values) {
        return dynamoDb.updateItem(
                        update ->
                                update.tableName(table)
                                        .key(key(effectKey))
                                        .updateExpression(expression)
                                        .expressionAttributeNames(Map.of("#attribute", attribute))
                                        .expressionAttributeValues(values)
                                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes();
    }

    private static String expiresAt() {
        return Long.toString(Instant.now().plus(KEPT).getEpochSecond());
    }

    private static Map<String, AttributeValue> key(String effectKey) {
        return Map.of(EFFECT_KEY, AttributeValue.fromS(effectKey));
    }
}
