package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Placeholders;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.util.Map;
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
 * item back with it ({@code ALL_OLD}), so that the loser knows why without another read, and so
 * that a write which the SDK sent twice, since its first answer was lost, finds its own {@link
 * Receipt}.
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
        Receipt receipt = Receipt.ofUser();
        Map<String, AttributeValue> item = receipt.with(transitions.submit(key, type, input, now));
        String tried = "submission of " + key;
        try {
            dynamoDb.putItem(put(item));
            return new Submission.Accepted(request(item, tried));
        } catch (ConditionalCheckFailedException exists) {
            Request found = request(exists.item(), tried);
            return receipt.isIn(exists.item())
                    ? new Submission.Accepted(found)
                    : new Submission.Exists(found);
        } catch (SdkException failed) {
            throw new StoreException(tried, failed);
        }
    }

    private PutItemRequest put(Map<String, AttributeValue> item) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(IS_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    @Override
    public Outcome apply(RequestKey key, Transition transition) {
        Receipt receipt = Receipt.of(transition);
        try {
            var updated = dynamoDb.updateItem(update(key, transition, receipt));
            return new Outcome.Done(request(updated.attributes(), tried(key, transition)));
        } catch (ConditionalCheckFailedException refused) {
            return receipt.isIn(refused.item())
                    ? new Outcome.Done(request(refused.item(), tried(key, transition)))
                    : new Outcome.Refused(Item.read(refused.item()));
        } catch (SdkException failed) {
            throw new StoreException(tried(key, transition), failed);
        }
    }

    private UpdateItemRequest update(RequestKey key, Transition transition, Receipt receipt) {
        var placeholders = new Placeholders();
        var changes = receipt.with(transition.changes());
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(Item.key(key))
                .updateExpression(UpdateExpression.of(changes, placeholders))
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
