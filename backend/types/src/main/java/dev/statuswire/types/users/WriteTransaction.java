package dev.statuswire.types.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes that are executed as one transaction: either all of them or none. DynamoDB does not queue
 * a transaction that conflicts with another one in progress, but refuses it, so a refused
 * transaction is retried a few times.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling">Transaction
 *     conflict handling in DynamoDB</a>
 */
final class WriteTransaction {

    private static final int MAX_ATTEMPTS = 10;
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final List<TransactWriteItem> writes = new ArrayList<>();

    WriteTransaction(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** The result of a transaction. */
    sealed interface TransactionResult {
        /** All writes succeeded. */
        record Committed() implements TransactionResult {}

        /**
         * Nothing was written.
         *
         * @param which the index of the first write whose condition failed
         * @param found the item that this write found; empty if there was none
         */
        record Refused(int which, Map<String, AttributeValue> found) implements TransactionResult {}
    }

    /** Adds a write of a new item. Its condition is that no item has the same key. */
    WriteTransaction put(Map<String, AttributeValue> item) {
        writes.add(
                write(
                        Put.builder()
                                .tableName(table)
                                .item(item)
                                .conditionExpression("attribute_not_exists(#key)")
                                .expressionAttributeNames(Map.of("#key", UsersTable.KEY))));
        return this;
    }

    /**
     * Adds a write that replaces an item. Its condition is that two attributes still have the
     * values in {@code before}.
     */
    void replace(
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after,
            String one,
            String other) {
        writes.add(
                write(
                        Put.builder()
                                .tableName(table)
                                .item(after)
                                .conditionExpression("#one = :one AND #other = :other")
                                .expressionAttributeNames(Map.of("#one", one, "#other", other))
                                .expressionAttributeValues(
                                        Map.of(
                                                ":one",
                                                Objects.requireNonNull(before.get(one)),
                                                ":other",
                                                Objects.requireNonNull(before.get(other))))));
    }

    private static TransactWriteItem write(Put.Builder put) {
        Put returning =
                put.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build();
        return TransactWriteItem.builder().put(returning).build();
    }

    /** Adds the deletion of an item, which does not have to exist. */
    void delete(Map<String, AttributeValue> key) {
        var delete = Delete.builder().tableName(table).key(key).build();
        writes.add(TransactWriteItem.builder().delete(delete).build());
    }

    /**
     * Executes all writes.
     *
     * @throws TransactionCanceledException if the transaction conflicted with others in every
     *     attempt
     */
    TransactionResult commit() {
        for (int attempt = 1; ; attempt++) {
            try {
                dynamoDb.transactWriteItems(all -> all.transactItems(writes));
                return new TransactionResult.Committed();
            } catch (TransactionCanceledException cancelled) {
                int which = failed(cancelled.cancellationReasons());
                if (which >= 0) {
                    return new TransactionResult.Refused(
                            which, cancelled.cancellationReasons().get(which).item());
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw cancelled;
                }
            }
        }
    }

    private static int failed(List<CancellationReason> reasons) {
        return reasons.stream().map(CancellationReason::code).toList().indexOf(CONDITION_FAILED);
    }
}
