package dev.statuswire.core.store;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The item of the requests table that stores an idempotency key. It has neither {@code type} nor
 * {@code status}, so no reader treats it as a request. An id cannot contain {@code #}, so clients
 * cannot address it. Lists exclude it, because {@code #} sorts before every character of an id.
 *
 * <pre>
 * owner      S  partition key: the owner of the key
 * id         S  sort key: "#" and a hash of the key
 * requestId  S  the id of the request that was submitted with the key
 * expiresAt  N  epoch seconds: the submission time plus the retention, which is never after the
 *               request expires; readers ignore the item once it has expired
 * </pre>
 */
final class IdempotencyKeyItem {

    private static final String PREFIX = "#";
    private static final String REQUEST_ID = "requestId";

    private IdempotencyKeyItem() {}

    /** Returns the primary key of the item that stores {@code idempotencyKey}. */
    static Map<String, AttributeValue> key(String owner, String idempotencyKey) {
        return Item.key(new RequestKey(owner, PREFIX + idempotencyKey));
    }

    /**
     * Returns the id of the request that was submitted with the key.
     *
     * @return empty if {@code item} does not store a key, or has expired at {@code now}
     */
    static Optional<String> requestId(Map<String, AttributeValue> item, Instant now) {
        return Optional.ofNullable(item.get(REQUEST_ID))
                .map(AttributeValue::s)
                .filter(id -> secondsOf(item) > now.getEpochSecond());
    }

    private static long secondsOf(Map<String, AttributeValue> item) {
        return Item.expiresAt(item).getEpochSecond();
    }

    /**
     * Returns the write that makes {@code idempotencyKey} refer to {@code request}. It succeeds if
     * the key is not stored, has expired, or refers to {@code gone}. If the key refers to another
     * request, the item stays and is returned with the refusal.
     *
     * @param gone the id of a request that no longer exists; {@code -} if none was found
     * @param expiresAt when the key expires
     */
    static Put put(
            String table,
            RequestKey request,
            String idempotencyKey,
            String gone,
            Instant now,
            Instant expiresAt) {
        Map<String, AttributeValue> key = key(request.owner(), idempotencyKey);
        return Put.builder()
                .tableName(table)
                .item(
                        Map.of(
                                Item.OWNER,
                                key.get(Item.OWNER),
                                Item.ID,
                                key.get(Item.ID),
                                REQUEST_ID,
                                AttributeValue.fromS(request.id()),
                                Item.EXPIRES_AT,
                                seconds(expiresAt)))
                .conditionExpression(
                        "attribute_not_exists(id) OR expiresAt <= :now OR requestId = :gone")
                .expressionAttributeValues(
                        Map.of(":now", seconds(now), ":gone", AttributeValue.fromS(gone)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }
}
