package dev.statuswire.core.transition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One way for a request to change: a conditional write, as data. Made by {@link Transitions}.
 *
 * @param name for messages, such as {@code claim}
 * @param by who wants it so
 * @param condition when it may happen
 * @param changes what it does then, the step up in version included
 */
public record Transition(String name, By by, Condition condition, List<Change> changes) {

    /** Who writes. */
    public enum By {
        /** Whom the request belongs to. */
        USER,
        /** A worker, or the sweeper. */
        WORK
    }

    public Transition {
        changes = List.copyOf(changes);
    }

    /** What {@code item} becomes; empty where the condition does not hold. The argument stays. */
    public Optional<Map<String, AttributeValue>> applyTo(Map<String, AttributeValue> item) {
        if (!condition.holds(item)) {
            return Optional.empty();
        }
        var changed = new HashMap<>(item);
        changes.forEach(change -> change.applyTo(changed));
        return Optional.of(Map.copyOf(changed));
    }
}
