package dev.statuswire.core.store;

import dev.statuswire.core.transition.Change;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a write leaves in the item to be known by again. Where the answer to a write is lost, the
 * SDK sends the same write once more, and what was done the first time makes its own condition fail
 * the second time: a claim would look lost to somebody else, a retry as if there were nothing to
 * retry. The receipt in the item that comes back with the refusal tells.
 *
 * <p>Users and workers have one each, so that a claim right after a retry does not take the retry's
 * away. It is a random UUID and not of the process's own chance, which two Lambda functions that
 * started from one snapshot would share.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry
 *     behavior of the SDKs</a>
 */
record Receipt(Change.Put put) {

    static Receipt ofUser() {
        return in(Item.USER_RECEIPT);
    }

    static Receipt of(Transition transition) {
        return switch (transition.by()) {
            case USER -> ofUser();
            case WORK -> in(Item.WORK_RECEIPT);
        };
    }

    private static Receipt in(String attribute) {
        return new Receipt(
                new Change.Put(attribute, AttributeValue.fromS(UUID.randomUUID().toString())));
    }

    List<Change> with(List<Change> changes) {
        var all = new ArrayList<>(changes);
        all.add(put);
        return all;
    }

    Map<String, AttributeValue> with(Map<String, AttributeValue> item) {
        var all = new HashMap<>(item);
        put.applyTo(all);
        return all;
    }

    /** Whether the write that has this receipt is in {@code item}, whatever was written since. */
    boolean isIn(Map<String, AttributeValue> item) {
        return put.value().equals(item.get(put.attribute()));
    }
}
