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
 * Writes that all happen or none does. A transaction that met another one under way is tried again
 * by itself a few times, since DynamoDB refuses the later of the two rather than making it wait.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling">Transaction
 *     conflict handling in DynamoDB</a>
 */
final class UserTransaction {

    private static final int TRIES = 10;
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final List<TransactWriteItem> writes = new ArrayList<>();

    UserTransaction(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** What became of it. */
    sealed interface Result {
        /** All of it was written. */
        record Committed() implements Result {}

        /**
         * Nothing was.
         *
         * @param which the first write whose condition failed, counted from 0
         * @param found the item that it met; empty where there was none
         */
        record Refused(int which, Map<String, AttributeValue> found) implements Result {}
    }

    /** Puts an item of a key that is not there yet. */
    UserTransaction put(Map<String, AttributeValue> item) {
        writes.add(
                write(
                        Put.builder()
                                .tableName(table)
                                .item(item)
                                .conditionExpression("attribute_not_exists(#key)")
                                .expressionAttributeNames(Map.of("#key", UsersTable.KEY))));
        return this;
    }

    /** Replaces an item that still has two attributes as {@code before} has them. */
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

    /** Deletes an item, there or not. */
    void delete(Map<String, AttributeValue> key) {
        var delete = Delete.builder().tableName(table).key(key).build();
        writes.add(TransactWriteItem.builder().delete(delete).build());
    }

    /**
     * Writes all of it.
     *
     * @throws TransactionCanceledException where it met others under way again and again
     */
    Result commit() {
        for (int tries = 1; ; tries++) {
            try {
                dynamoDb.transactWriteItems(all -> all.transactItems(writes));
                return new Result.Committed();
            } catch (TransactionCanceledException cancelled) {
                int which = failed(cancelled.cancellationReasons());
                if (which >= 0) {
                    return new Result.Refused(
                            which, cancelled.cancellationReasons().get(which).item());
                }
                if (tries == TRIES) {
                    throw cancelled;
                }
            }
        }
    }

    private static int failed(List<CancellationReason> reasons) {
        return reasons.stream().map(CancellationReason::code).toList().indexOf(CONDITION_FAILED);
    }
}
