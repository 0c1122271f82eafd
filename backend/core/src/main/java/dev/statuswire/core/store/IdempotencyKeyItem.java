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
 * The item of the requests table that remembers an idempotency key. It has neither {@code type} nor
 * {@code status}, so no reader takes it for a request, and {@code #} cannot stand in an id, so no
 * client can name it. Lists leave it out, since {@code #} sorts before every character of an id.
 *
 * <pre>
 * owner      S  partition key: whose key it is
 * id         S  sort key: "#" and a hash of the key
 * requestId  S  the id of the request that was submitted with it
 * expiresAt  N  epoch seconds: the retention after the submission, which is not after the request
 *               expires; readers take it for absent from then on
 * </pre>
 */
final class IdempotencyKeyItem {

    private static final String PREFIX = "#";
    private static final String REQUEST_ID = "requestId";

    private IdempotencyKeyItem() {}

    /** The primary key of the item that remembers {@code idempotencyKey}. */
    static Map<String, AttributeValue> key(String owner, String idempotencyKey) {
        return Item.key(new RequestKey(owner, PREFIX + idempotencyKey));
    }

    /**
     * The id of the request that was submitted with the key.
     *
     * @return empty if {@code item} is none, or has expired at {@code now}
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
     * Remembers that {@code idempotencyKey} stands for {@code request}. The condition tells apart:
     * the key is not remembered, or stands for {@code gone} (it is stored), and it stands for
     * another request (that stays, and comes back with the refusal).
     *
     * @param gone the id of a request that is no longer there; empty if none was found to be
     * @param expiresAt when the key is forgotten
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
