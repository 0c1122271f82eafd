package dev.statuswire.core.store;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
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
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Requests in a DynamoDB table as {@link Item} draws them. A write whose condition fails brings the
 * item back with it ({@code ALL_OLD}), so that the loser knows why without another read, and so
 * that a write which the SDK sent twice, since the first response was lost, finds its own receipt
 * (see {@link Transition}). The receipt of a submission is the request's life.
 */
public final class DynamoDbRequestStore implements RequestStore {

    /**
     * Tells apart: no item of that key, or an expired one that DynamoDB has not deleted yet (the
     * new one is stored, whole), or one of whatever content (it stays).
     */
    private static final String IS_NEW =
            "attribute_not_exists(%s) OR %s <= :now".formatted(Item.ID, Item.EXPIRES_AT);

    /**
     * How often a transaction is tried. Another call with the same key may be under way, whose
     * outcome shows in the next try; or the key's request is gone, and the next try replaces it.
     */
    private static final int TRIES = 10;

    /** No request has this id. */
    private static final String NO_ID = "-";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Transitions transitions;
    private final UnreadableItems unreadable;
    private final InstantSource clock;
    private final ListRequests list;

    /**
     * A store in {@code table} that only logs the items that it cannot read, and goes by the clock
     * of the machine.
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
     * A store in {@code table}.
     *
     * @param unreadable takes note of the items that it cannot read
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
        this.list = new ListRequests(dynamoDb, table, unreadable, clock);
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
        String tried = "submission of " + key;
        try {
            dynamoDb.putItem(put(item, now));
            return new SubmitOutcome.Created(request(key, item, tried));
        } catch (ConditionalCheckFailedException exists) {
            Request found = request(key, exists.item(), tried);
            return Objects.equals(item.get(Item.LIFE), exists.item().get(Item.LIFE))
                    ? new SubmitOutcome.Created(found)
                    : SubmitOutcome.of(submission, found);
        } catch (SdkException failed) {
            throw new StoreException(tried, failed);
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
     * The SDK sends a transaction again under the same token. Should DynamoDB not recognize it, the
     * key is found to stand for the very id that was to be given.
     */
    private SubmitOutcome submitOnce(
            RequestKey key,
            String idempotencyKey,
            Submission submission,
            Map<String, AttributeValue> item,
            Instant now) {
        Instant forgotten = now.plus(transitions.timing().retention());
        String tried = "submission of " + key + " with an idempotency key";
        String gone = NO_ID;
        for (int tries = 1; ; tries++) {
            Put remembered =
                    IdempotencyKeyItem.put(table, key, idempotencyKey, gone, now, forgotten);
            try {
                dynamoDb.transactWriteItems(
                        both -> both.transactItems(put(remembered), put(newItem(item))));
                return new SubmitOutcome.Created(request(key, item, tried));
            } catch (TransactionCanceledException cancelled) {
                Optional<String> id = idIn(cancelled, now);
                Optional<Request> there = id.flatMap(it -> find(new RequestKey(key.owner(), it)));
                if (there.isPresent()) {
                    return there.get().key().equals(key)
                            ? new SubmitOutcome.Created(there.get())
                            : SubmitOutcome.of(submission, there.get());
                }
                if (tries == TRIES) {
                    throw new StoreException(tried, cancelled);
                }
                gone = id.orElse(gone);
            } catch (SdkException failed) {
                throw new StoreException(tried, failed);
            }
        }
    }

    private static TransactWriteItem put(Put put) {
        return TransactWriteItem.builder().put(put).build();
    }

    /** Its id was never used before, so no request under it can have expired. */
    private Put newItem(Map<String, AttributeValue> item) {
        return Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(%s)".formatted(Item.ID))
                .build();
    }

    /** The id that the key stands for, if that is why the transaction was cancelled. */
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

    /** The id of the request that {@code idempotencyKey} stands for. */
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
        String tried = transition.name() + " of " + key;
        try {
            var updated = dynamoDb.updateItem(update(key, transition));
            return new WriteOutcome.Done(request(key, updated.attributes(), tried));
        } catch (ConditionalCheckFailedException refused) {
            return transition.isIn(refused.item())
                    ? new WriteOutcome.Done(request(key, refused.item(), tried))
                    : new WriteOutcome.Refused(read(key, refused.item(), tried));
        } catch (SdkException failed) {
            throw new StoreException(tried, failed);
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
    public Optional<Request> find(RequestKey key) {
        String tried = "read of " + key;
        try {
            var found =
                    dynamoDb.getItem(
                            get -> get.tableName(table).key(Item.key(key)).consistentRead(true));
            return read(key, found.item(), tried);
        } catch (SdkException failed) {
            throw new StoreException(tried, failed);
        }
    }

    @Override
    public RequestPage list(ListQuery query) {
        return list.page(query);
    }

    /** What was found under a key; empty if there is no request, or if it has expired. */
    private Optional<Request> read(RequestKey key, Map<String, AttributeValue> item, String tried) {
        return read(key, Item.reading(item, clock.instant()), tried);
    }

    private Optional<Request> read(RequestKey key, Item.Reading reading, String tried) {
        if (reading instanceof Item.Reading.Unreadable(RequestKey ofItem, String reason)) {
            unreadable.found(new Item.Reading.Unreadable(ofItem, reason));
            throw new UnreadableItemException(tried, key, reason);
        }
        unreadable.settled(key);
        return reading.request();
    }

    /** What a write has just found or stored: there is a request. */
    private Request request(RequestKey key, Map<String, AttributeValue> item, String tried) {
        return read(key, Item.reading(item), tried)
                .orElseThrow(() -> new UnreadableItemException(tried, key, "it is not a request"));
    }
}
