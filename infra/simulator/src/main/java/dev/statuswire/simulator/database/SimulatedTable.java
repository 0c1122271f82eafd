package dev.statuswire.simulator.database;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.simulator.check.GuaranteeChecker;
import dev.statuswire.simulator.check.ObservedWrite;
import dev.statuswire.simulator.check.TraceListener;
import dev.statuswire.simulator.check.WriterRole;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The requests table. Each write is checked, traced, and appended to the stream. */
public final class SimulatedTable {

    private final Scheduler scheduler;
    private final GuaranteeChecker checker;
    private final StreamLog stream;
    private final TraceListener trace;
    private final TreeMap<RequestKey, Stored> items =
            new TreeMap<>(Comparator.comparing(RequestKey::owner).thenComparing(RequestKey::id));

    public SimulatedTable(
            Scheduler scheduler, GuaranteeChecker checker, StreamLog stream, TraceListener trace) {
        this.scheduler = scheduler;
        this.checker = checker;
        this.stream = stream;
        this.trace = trace;
    }

    /**
     * An item and the request read from it, because items are read far more often than they are
     * written.
     */
    private record Stored(Map<String, AttributeValue> item, Optional<Request> request) {

        private static final Stored NOTHING = new Stored(Map.of(), Optional.empty());

        static Stored of(Map<String, AttributeValue> item) {
            return new Stored(item, Item.read(item));
        }
    }

    /**
     * Stores a new item, and replaces one that has expired at {@code now}. If the request already
     * exists, returns it and does nothing.
     */
    Optional<Request> putIfAbsent(
            Writer writer, RequestKey key, Map<String, AttributeValue> item, Instant now) {
        Optional<Request> there = find(key, now);
        if (there.isEmpty()) {
            store(writer, "submit", key, item);
        }
        return there;
    }

    /**
     * Applies the transition. A refused transition that was applied before is reported as applied.
     */
    WriteOutcome apply(Writer writer, RequestKey key, Transition transition) {
        Map<String, AttributeValue> before = stored(key).item();
        Optional<Map<String, AttributeValue>> after = transition.applyTo(before);
        after.ifPresent(item -> store(writer, transition.name(), key, item));
        return after.isPresent() || transition.isIn(before)
                ? new WriteOutcome.Done(find(key).orElseThrow())
                : new WriteOutcome.Refused(find(key));
    }

    /**
     * Applies the transition of an abandoned call that arrives late.
     *
     * @param sentAt the request when the call was sent
     */
    WriteOutcome applyLate(
            Writer writer, RequestKey key, Transition transition, Optional<Request> sentAt) {
        Optional<Request> now = find(key);
        WriteOutcome outcome = apply(writer, key, transition);
        Optional<Request> after = find(key);
        if (!now.equals(after)) {
            checker.late(writer.role(), sentAt, now, after);
        }
        return outcome;
    }

    /** Deletes the item if the condition holds. Returns the request that is left. */
    Optional<Request> delete(Writer writer, RequestKey key, Condition condition) {
        Map<String, AttributeValue> before = stored(key).item();
        if (!before.isEmpty() && condition.holds(before)) {
            store(writer, "delete", key, Map.of());
        }
        return find(key);
    }

    /** A writer: its role, its thread, and the latest time that its clock has shown. */
    record Writer(WriterRole role, Thread thread, Instant now) {

        static Writer of(WriterRole role, Instant now) {
            return new Writer(role, Thread.currentThread(), now);
        }
    }

    /** Stores an item that this release would not write. */
    public void inject(Map<String, AttributeValue> item) {
        var writer = Writer.of(WriterRole.NEWER_RELEASE, scheduler.now());
        store(writer, "put", Item.keyOf(item), item);
    }

    /** Deletes the items that have expired. */
    public void expire() {
        Instant now = scheduler.now();
        List<Request> expired =
                requests().values().stream()
                        .filter(it -> it.expiresAt() != null && !it.expiresAt().isAfter(now))
                        .toList();
        for (Request gone : expired) {
            store(Writer.of(WriterRole.EXPIRY, now), "expire", gone.key(), Map.of());
        }
    }

    /** Replaces the item of {@code key}; an empty item deletes it. */
    private void store(
            Writer writer, String what, RequestKey key, Map<String, AttributeValue> item) {
        Stored before = stored(key);
        Stored after = Stored.of(item);
        if (item.isEmpty()) {
            items.remove(key);
        } else {
            items.put(key, after);
        }
        var write =
                new ObservedWrite(
                        writer.role(),
                        writer.thread(),
                        writer.now(),
                        scheduler.now(),
                        key,
                        before.request(),
                        after.request());
        trace.tell(() -> writer.role() + " " + what + ": " + describe(write));
        checker.wrote(write);
        stream.append(Item.key(key), before.item(), item);
    }

    private static String describe(ObservedWrite write) {
        return write.after()
                .map(
                        it ->
                                "%s v%d %s fence %d attempt %d due %s"
                                        .formatted(
                                                it.key(),
                                                it.version(),
                                                it.statusText(),
                                                it.fence(),
                                                it.attempt(),
                                                it.dueAt()))
                .orElse(write.key() + " was deleted");
    }

    /** Returns the stored item, or {@link Stored#NOTHING} if there is none. */
    private Stored stored(RequestKey key) {
        return items.getOrDefault(key, Stored.NOTHING);
    }

    Optional<Request> find(RequestKey key) {
        return stored(key).request();
    }

    /** Finds a request, unless it has expired at {@code now}. */
    Optional<Request> find(RequestKey key, Instant now) {
        return Item.isExpired(stored(key).item(), now) ? Optional.empty() : find(key);
    }

    /** Returns all requests, by key. */
    public Map<RequestKey, Request> requests() {
        var requests = new HashMap<RequestKey, Request>();
        items.forEach((key, stored) -> stored.request().ifPresent(it -> requests.put(key, it)));
        return requests;
    }

    /** Returns the items in the due index that are due at {@code now}. */
    List<Map<String, AttributeValue>> due(Instant now) {
        return items.values().stream()
                .map(Stored::item)
                .filter(item -> item.containsKey(Item.DUE_SHARD))
                .filter(item -> !Item.dueAt(item).isAfter(now))
                .toList();
    }
}
