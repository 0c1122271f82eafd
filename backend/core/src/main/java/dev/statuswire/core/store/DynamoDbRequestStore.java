package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Placeholders;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Requests in a DynamoDB table as {@link Item} draws them. A write whose condition fails brings the
 * item back with it ({@code ALL_OLD}), so that the loser knows why without another read.
 */
public final class DynamoDbRequestStore implements RequestStore {

    /** Tells apart: no item of that key (it is stored), or one of whatever content (it stays). */
    private static final String IS_NEW = "attribute_not_exists(" + Item.ID + ")";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Transitions transitions;
    private final ListRequests list;

    /** A store in {@code table}. */
    public DynamoDbRequestStore(DynamoDbClient dynamoDb, String table, Transitions transitions) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.transitions = transitions;
        this.list = new ListRequests(dynamoDb, table);
    }

    @Override
    public Submission submit(RequestKey key, String type, String input, Instant now) {
        Map<String, AttributeValue> item = transitions.submit(key, type, input, now);
        var put =
                PutItemRequest.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression(IS_NEW)
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build();
        String tried = "submission of " + key;
        Request submitted = request(item, tried);
        try {
            dynamoDb.putItem(put);
            return new Submission.Accepted(submitted);
        } catch (ConditionalCheckFailedException exists) {
            Request found = request(exists.item(), tried);
            return isSame(found, submitted)
                    ? new Submission.Accepted(found)
                    : new Submission.Exists(found);
        } catch (SdkException failed) {
            throw new StoreException(tried, failed);
        }
    }

    /**
     * Whether an earlier try of this very call was done after all, though its answer was lost and
     * the SDK tried again: what is there has this content and this creation time.
     */
    private static boolean isSame(Request found, Request submitted) {
        return found.type().equals(submitted.type())
                && found.input().equals(submitted.input())
                && Objects.equals(found.createdAt(), submitted.createdAt());
    }

    @Override
    public Outcome apply(RequestKey key, Transition transition) {
        try {
            var updated = dynamoDb.updateItem(update(key, transition));
            return new Outcome.Done(request(updated.attributes(), tried(key, transition)));
        } catch (ConditionalCheckFailedException refused) {
            return new Outcome.Refused(
                    refused.hasItem() ? Item.read(refused.item()) : Optional.empty());
        } catch (SdkException failed) {
            throw new StoreException(tried(key, transition), failed);
        }
    }

    private UpdateItemRequest update(RequestKey key, Transition transition) {
        var placeholders = new Placeholders();
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(Item.key(key))
                .updateExpression(UpdateExpression.of(transition.changes(), placeholders))
                .conditionExpression(transition.condition().expression(placeholders))
                .expressionAttributeNames(placeholders.names())
                .expressionAttributeValues(placeholders.values())
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    @Override
    public Optional<Request> find(RequestKey key) {
        try {
            return Item.read(
                    dynamoDb.getItem(
                                    get ->
                                            get.tableName(table)
                                                    .key(Item.key(key))
                                                    .consistentRead(true))
                            .item());
        } catch (SdkException failed) {
            throw new StoreException("read of " + key, failed);
        }
    }

    @Override
    public RequestPage list(ListQuery query) {
        return list.page(query);
    }

    private static String tried(RequestKey key, Transition transition) {
        return transition.name() + " of " + key;
    }

    private static Request request(Map<String, AttributeValue> item, String tried) {
        return Item.read(item)
                .orElseThrow(
                        () ->
                                new StoreException(
                                        tried,
                                        new IllegalStateException(
                                                "what is stored there is not a request")));
    }
}
