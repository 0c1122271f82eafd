package dev.statuswire.testkit;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The requests, in memory. Evaluates the product's own transitions. Thread-safe. */
final class Table {

    private final Map<RequestKey, Map<String, AttributeValue>> items = new LinkedHashMap<>();

    /** Stores a new item and returns it as a request. */
    synchronized Request put(Map<String, AttributeValue> item) {
        items.put(Item.keyOf(item), item);
        return Item.read(item).orElseThrow();
    }

    synchronized WriteOutcome apply(RequestKey key, Transition transition) {
        var item = Optional.ofNullable(items.get(key));
        var changed = item.flatMap(transition::applyTo);
        changed.ifPresent(after -> items.put(key, after));
        return changed.flatMap(Item::read)
                .<WriteOutcome>map(WriteOutcome.Done::new)
                .orElseGet(() -> new WriteOutcome.Refused(item.flatMap(Item::read)));
    }

    synchronized Optional<Request> find(RequestKey key) {
        return Optional.ofNullable(items.get(key)).flatMap(Item::read);
    }

    /** Returns whether any request that is due at some time is like this. */
    synchronized boolean anyDue(Predicate<Request> like) {
        return items.values().stream()
                .filter(item -> item.containsKey(Item.DUE_AT))
                .flatMap(item -> Item.read(item).stream())
                .anyMatch(like);
    }

    /** Returns the request with the earliest due time. */
    synchronized Optional<Request> nextDue() {
        return items.values().stream()
                .filter(item -> item.containsKey(Item.DUE_AT))
                .min(Comparator.comparing(Item::dueAt))
                .flatMap(Item::read);
    }
}
