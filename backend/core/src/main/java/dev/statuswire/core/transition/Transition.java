package dev.statuswire.core.transition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One way for a request to change: a conditional write, as data. Made by {@link Transitions}.
 *
 * <p>If the response to a write is lost, the SDK sends the same write again, and what was done the
 * first time makes its own condition fail the second time. A claim would look lost to another
 * worker, a retry as if there were nothing to retry. So each write leaves a random receipt in the
 * item. If the item that comes back with the refusal has it, the write was done.
 *
 * <p>Users and workers have one receipt each, so that a claim right after a retry does not take the
 * retry's away.
 *
 * @param name for messages, such as {@code claim}
 * @param by who writes
 * @param condition when it may happen
 * @param changes what it does then, the next version included, the receipt not
 * @param receipt unique
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry
 *     behavior of the SDKs</a>
 */
public record Transition(
        String name, By by, Condition condition, List<AttributeChange> changes, String receipt) {

    /** Who writes. */
    public enum By {
        /** The user that the request belongs to. */
        USER(Item.USER_RECEIPT),
        /** A worker, or the sweeper. */
        WORK(Item.WORK_RECEIPT);

        private final String receiptAttribute;

        By(String receiptAttribute) {
            this.receiptAttribute = receiptAttribute;
        }
    }

    public Transition {
        changes = List.copyOf(changes);
    }

    /**
     * The same transition known by another receipt: a write that is tried again, with the times of
     * now, is the same write.
     */
    public Transition knownBy(String other) {
        return new Transition(name, by, condition, changes, other);
    }

    /**
     * Everything that is written, the receipt included, as a DynamoDB update expression.
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
        all.add(new AttributeChange.Put(by.receiptAttribute, Item.text(receipt)));
        return List.copyOf(all);
    }

    /** Whether this very write was done to {@code item}, whatever was written since. */
    public boolean isIn(Map<String, AttributeValue> item) {
        return Item.text(receipt).equals(item.get(by.receiptAttribute));
    }

    /** What {@code item} becomes; empty if the condition does not hold. The argument stays. */
    public Optional<Map<String, AttributeValue>> applyTo(Map<String, AttributeValue> item) {
        if (!condition.holds(item)) {
            return Optional.empty();
        }
        var changed = new HashMap<>(item);
        changesWithReceipt().forEach(change -> change.applyTo(changed));
        return Optional.of(Map.copyOf(changed));
    }
}
