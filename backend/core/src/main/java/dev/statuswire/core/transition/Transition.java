package dev.statuswire.core.transition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change of a request: a conditional write, as data. Created by {@link Transitions}.
 *
 * <p>If the response to a write is lost, the SDK sends the same write again. The change that the
 * first write made then causes the condition of the second to fail: a claim would appear to be lost
 * to another worker, and a retry would appear to have nothing to retry. So each write leaves a
 * random receipt in the item. If the item that DynamoDB returns with the refusal has this receipt,
 * the write had succeeded.
 *
 * <p>Users and workers have one receipt each, so a claim right after a retry does not overwrite the
 * retry's receipt.
 *
 * @param name for messages, such as {@code claim}
 * @param by the writer
 * @param condition required of the item
 * @param changes made if the condition holds; they do not include the receipt
 * @param receipt unique; null for a write that has the same effect if it is sent again
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry
 *     behavior of the SDKs</a>
 */
public record Transition(
        String name,
        Writer by,
        Condition condition,
        List<AttributeChange> changes,
        @Nullable String receipt) {

    /** The writer of a transition. */
    public enum Writer {
        /** The user that the request belongs to. */
        USER(Item.USER_RECEIPT),
        /** A worker or the sweeper. */
        WORK(Item.WORK_RECEIPT);

        private final String receiptAttribute;

        Writer(String receiptAttribute) {
            this.receiptAttribute = receiptAttribute;
        }
    }

    public Transition {
        changes = List.copyOf(changes);
    }

    /**
     * Returns the same transition with another receipt. A write that is sent again with new times
     * keeps its receipt, because it is still the same write.
     */
    public Transition withReceipt(@Nullable String other) {
        return new Transition(name, by, condition, changes, other);
    }

    /**
     * Returns all changes, including the receipt, as a DynamoDB update expression.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
     *     expressions</a>
     */
    public String updateExpression(Placeholders placeholders) {
        String removals = actions(change -> change instanceof AttributeChange.Remove, placeholders);
        return "SET "
                + actions(change -> !(change instanceof AttributeChange.Remove), placeholders)
                + (removals.isEmpty() ? "" : " REMOVE " + removals);
    }

    private String actions(Predicate<AttributeChange> which, Placeholders placeholders) {
        return changesWithReceipt().stream()
                .filter(which)
                .map(change -> change.action(placeholders))
                .collect(Collectors.joining(", "));
    }

    private List<AttributeChange> changesWithReceipt() {
        var all = new ArrayList<AttributeChange>(changes);
        if (receipt != null) {
            all.add(new AttributeChange.Put(by.receiptAttribute, Item.text(receipt)));
        }
        return List.copyOf(all);
    }

    /**
     * Returns whether this write has changed {@code item}, even if other writes have changed it
     * since.
     */
    public boolean isIn(Map<String, AttributeValue> item) {
        return receipt != null && Item.text(receipt).equals(item.get(by.receiptAttribute));
    }

    /**
     * Returns the item that this transition makes of {@code item}, which stays unchanged; empty if
     * the condition does not hold.
     */
    public Optional<Map<String, AttributeValue>> applyTo(Map<String, AttributeValue> item) {
        if (!condition.holds(item)) {
            return Optional.empty();
        }
        var changed = new HashMap<>(item);
        changesWithReceipt().forEach(change -> change.applyTo(changed));
        return Optional.of(Map.copyOf(changed));
    }
}
