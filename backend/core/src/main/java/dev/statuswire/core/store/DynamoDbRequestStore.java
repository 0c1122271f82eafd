package dev.statuswire.core.store;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Placeholders;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Requests in a DynamoDB table, as {@link Item}s. When DynamoDB refuses a write because its
 * condition fails, it returns the item ({@code ALL_OLD}). So the losing writer learns the reason
 * without another read, and a write that the SDK sent twice, because the first response was lost,
 * finds its own receipt (see {@link Transition}). The receipt of a submission is the request's
 * life.
 */
public final class DynamoDbRequestStore implements RequestStore {

    /**
     * Holds if there is no item with the key, or only an expired one that DynamoDB has not deleted
     * yet; the new item is then stored as a whole. If there is an unexpired item, whatever its
     * content, it stays.
     */
    private static final String IS_NEW =
            "attribute_not_exists(%s) OR %s <= :now".formatted(Item.ID, Item.EXPIRES_AT);

    /**
     * The maximum number of attempts of a transaction. If another call with the same key is in
     * progress, its outcome is visible to the next attempt. If the key's request no longer exists,
     * the next attempt replaces the key.
     */
    private static final int TRIES = 10;

    /** An id that no request has. */
    private static final String NO_ID = "-";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Transitions transitions;
    private final UnreadableItems unreadable;
    private final InstantSource clock;
    private final RequestPageReader list;

    /**
     * Creates a store in {@code table} that uses the system clock, and logs items that it cannot
     * read without counting them.
     */
    public DynamoDbRequestStore(DynamoDbClient dynamoDb, String table, Transitions transitions) {
        this(
                dynamoDb,
                table,
                transitions,
                new UnreadableItems(Metrics.NONE),
                InstantSource.system());
    }

    /**
     * Creates a store in {@code table}.
     *
     * @param unreadable keeps track of the items that cannot be read
     * @param clock by which requests expire
     */
    public DynamoDbRequestStore(
            DynamoDbClient dynamoDb,
            String table,
            Transitions transitions,
            UnreadableItems unreadable,
            InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.transitions = transitions;
        this.unreadable = unreadable;
        this.clock = clock;
        this.list = new RequestPageReader(dynamoDb, table, unreadable, clock);
    }

    @Override
    public SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
        Map<String, AttributeValue> item = transitions.submit(key, submission, now);
        return submission
                .idempotencyKey()
                .map(used -> submitOnce(key, used, submission, item, now))
                .orElseGet(() -> submitUnderId(key, submission, item, now));
    }

    private SubmitOutcome submitUnderId(
            RequestKey key, Submission submission, Map<String, AttributeValue> item, Instant now) {
        String operation = "submission of " + key;
        try {
            dynamoDb.putItem(put(item, now));
            return new SubmitOutcome.Created(request(key, item, operation));
        } catch (ConditionalCheckFailedException exists) {
            Request found = request(key, exists.item(), operation);
            return Objects.equals(item.get(Item.LIFE), exists.item().get(Item.LIFE))
                    ? new SubmitOutcome.Created(found)
                    : SubmitOutcome.of(submission, found);
        } catch (SdkException failed) {
            throw new StoreException(operation, failed);
        }
    }

    private PutItemRequest put(Map<String, AttributeValue> item, Instant now) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(IS_NEW)
                .expressionAttributeValues(
                        Map.of(":now", AttributeValue.fromN(Long.toString(now.getEpochSecond()))))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /**
     * Stores the request and the key in one transaction. If the SDK sends the transaction again, it
     * uses the same token. If DynamoDB does not recognize the token, the key is found to refer to
     * the id of this very submission, which counts as created.
     */
    private SubmitOutcome submitOnce(
            RequestKey key,
            String idempotencyKey,
            Submission submission,
            Map<String, AttributeValue> item,
            Instant now) {
        Instant keyExpiresAt = now.plus(transitions.timing().retention());
        String operation = "submission of " + key + " with an idempotency key";
        String gone = NO_ID;
        for (int tries = 1; ; tries++) {
            Put keyItem =
                    IdempotencyKeyItem.put(table, key, idempotencyKey, gone, now, keyExpiresAt);
            try {
                dynamoDb.transactWriteItems(
                        both -> both.transactItems(put(keyItem), put(newItem(item))));
                return new SubmitOutcome.Created(request(key, item, operation));
            } catch (TransactionCanceledException cancelled) {
                Optional<String> id = idIn(cancelled, now);
                Optional<Request> existing =
                        id.flatMap(it -> find(new RequestKey(key.owner(), it)));
                if (existing.isPresent()) {
                    return existing.get().key().equals(key)
                            ? new SubmitOutcome.Created(existing.get())
                            : SubmitOutcome.of(submission, existing.get());
                }
                if (tries == TRIES) {
                    throw new StoreException(operation, cancelled);
                }
                gone = id.orElse(gone);
            } catch (SdkException failed) {
                throw new StoreException(operation, failed);
            }
        }
    }

    private static TransactWriteItem put(Put put) {
        return TransactWriteItem.builder().put(put).build();
    }

    /**
     * Returns the write of the new item. Its id was never used before, so there cannot be an
     * expired request with this id.
     */
    private Put newItem(Map<String, AttributeValue> item) {
        return Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(%s)".formatted(Item.ID))
                .build();
    }

    /**
     * Returns the id of the request that the key refers to, if the transaction was cancelled for
     * this reason.
     */
    private static Optional<String> idIn(TransactionCanceledException cancelled, Instant now) {
        return cancelled.cancellationReasons().stream()
                .limit(1)
                .filter(CancellationReason::hasItem)
                .flatMap(ofKey -> IdempotencyKeyItem.requestId(ofKey.item(), now).stream())
                .findFirst();
    }

    @Override
    public Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now) {
        return submission
                .idempotencyKey()
                .map(used -> idOf(key.owner(), used, now))
                .orElseGet(() -> Optional.of(key.id()))
                .flatMap(id -> find(new RequestKey(key.owner(), id)));
    }

    /** Returns the id of the request that {@code idempotencyKey} refers to. */
    private Optional<String> idOf(String owner, String idempotencyKey, Instant now) {
        try {
            var found =
                    dynamoDb.getItem(
                            get ->
                                    get.tableName(table)
                                            .key(IdempotencyKeyItem.key(owner, idempotencyKey))
                                            .consistentRead(true));
            return IdempotencyKeyItem.requestId(found.item(), now);
        } catch (SdkException failed) {
            throw new StoreException("read of an idempotency key of " + owner, failed);
        }
    }

    @Override
    public WriteOutcome apply(RequestKey key, Transition transition) {
        String operation = transition.name() + " of " + key;
        try {
            var updated = dynamoDb.updateItem(update(key, transition));
            return new WriteOutcome.Done(request(key, updated.attributes(), operation));
        } catch (ConditionalCheckFailedException refused) {
            return transition.isIn(refused.item())
                    ? new WriteOutcome.Done(request(key, refused.item(), operation))
                    : new WriteOutcome.Refused(read(key, refused.item(), operation));
        } catch (SdkException failed) {
            throw new StoreException(operation, failed);
        }
    }

    private UpdateItemRequest update(RequestKey key, Transition transition) {
        var placeholders = new Placeholders();
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(Item.key(key))
                .updateExpression(transition.updateExpression(placeholders))
                .conditionExpression(transition.condition().expression(placeholders))
                .expressionAttributeNames(placeholders.names())
                .expressionAttributeValues(placeholders.values())
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    @Override
    public Optional<Request> delete(RequestKey key, Condition condition) {
        String operation = "deletion of " + key;
        var placeholders = new Placeholders();
        var request =
                DeleteItemRequest.builder()
                        .tableName(table)
                        .key(Item.key(key))
                        .conditionExpression(condition.expression(placeholders))
                        .expressionAttributeNames(placeholders.names())
                        .expressionAttributeValues(placeholders.values())
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build();
        try {
            dynamoDb.deleteItem(request);
            return Optional.empty();
        } catch (ConditionalCheckFailedException refused) {
            return read(key, refused.item(), operation);
        } catch (SdkException failed) {
            throw new StoreException(operation, failed);
        }
    }

    @Override
    public Optional<Request> find(RequestKey key) {
        String operation = "read of " + key;
        try {
            var found =
                    dynamoDb.getItem(
                            get -> get.tableName(table).key(Item.key(key)).consistentRead(true));
            return read(key, found.item(), operation);
        } catch (SdkException failed) {
            throw new StoreException(operation, failed);
        }
    }

    @Override
    public RequestPage list(ListQuery query) {
        return list.page(query);
    }

    /** Reads the request in an item; empty if it is not a request, or has expired. */
    private Optional<Request> read(
            RequestKey key, Map<String, AttributeValue> item, String operation) {
        return read(key, Item.reading(item, clock.instant()), operation);
    }

    private Optional<Request> read(RequestKey key, Item.Reading reading, String operation) {
        if (reading instanceof Item.Reading.Unreadable broken) {
            unreadable.found(broken);
            throw new UnreadableItemException(operation, key, broken.reason());
        }
        unreadable.settled(key);
        return reading.request();
    }

    /** Reads the request that a write has just found or stored. */
    private Request request(RequestKey key, Map<String, AttributeValue> item, String operation) {
        return read(key, Item.reading(item), operation)
                .orElseThrow(
                        () ->
                                new UnreadableItemException(
                                        operation, key, "the item is not a request"));
    }
}
