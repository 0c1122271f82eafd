package dev.statuswire.simulator.database;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.WriteOutcome;
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

/** The requests table: each write is checked, traced, and goes into the stream. */
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

    /** An item, and what it says: it is looked at far more often than it is written. */
    private record Stored(Map<String, AttributeValue> item, Optional<Request> request) {

        private static final Stored NOTHING = new Stored(Map.of(), Optional.empty());

        static Stored of(Map<String, AttributeValue> item) {
            return new Stored(item, Item.read(item));
        }
    }

    /**
     * Stores a new item, also in place of one that has expired at {@code now}; what is there
     * already, where there is something, and nothing is done.
     */
    Optional<Request> putIfAbsent(
            Writer writer, RequestKey key, Map<String, AttributeValue> item, Instant now) {
        Optional<Request> there = find(key, now);
        if (there.isEmpty()) {
            store(writer, "submit", key, item);
        }
        return there;
    }

    /** Carries out the transition. A refused one that has been done before says so. */
    WriteOutcome apply(Writer writer, RequestKey key, Transition transition) {
        Map<String, AttributeValue> before = stored(key).item();
        Optional<Map<String, AttributeValue>> after = transition.applyTo(before);
        after.ifPresent(item -> store(writer, transition.name(), key, item));
        return after.isPresent() || transition.isIn(before)
                ? new WriteOutcome.Done(find(key).orElseThrow())
                : new WriteOutcome.Refused(find(key));
    }

    /**
     * The same, for a call that was given up and arrives late.
     *
     * @param sentAt what there was when it was sent
     */
    WriteOutcome applyLate(
            Writer writer, RequestKey key, Transition transition, Optional<Request> sentAt) {
        Optional<Request> now = find(key);
        WriteOutcome outcome = apply(writer, key, transition);
        if (!now.equals(find(key))) {
            checker.late(writer.role(), sentAt, now);
        }
        return outcome;
    }

    /** Who writes, on which thread, and the latest time that its clock has shown. */
    record Writer(WriterRole role, Thread thread, Instant now) {

        static Writer of(WriterRole role, Instant now) {
            return new Writer(role, Thread.currentThread(), now);
        }
    }

    /** Something that this release does not write is there from now on. */
    public void inject(Map<String, AttributeValue> item) {
        var writer = Writer.of(WriterRole.NEWER_RELEASE, scheduler.now());
        store(writer, "put", Item.keyOf(item), item);
    }

    /** Forgets what has expired. */
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

    /** What the key's item says from now on. */
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
                .orElse(write.key() + " is gone");
    }

    /** Nothing where there is none. */
    private Stored stored(RequestKey key) {
        return items.getOrDefault(key, Stored.NOTHING);
    }

    Optional<Request> find(RequestKey key) {
        return stored(key).request();
    }

    /** The same, unless it has expired at {@code now}. */
    Optional<Request> find(RequestKey key, Instant now) {
        return Item.isExpired(stored(key).item(), now) ? Optional.empty() : find(key);
    }

    /** Everything in it, by key. */
    public Map<RequestKey, Request> requests() {
        var requests = new HashMap<RequestKey, Request>();
        items.forEach((key, stored) -> stored.request().ifPresent(it -> requests.put(key, it)));
        return requests;
    }

    /** What the index of what is due has. */
    List<Map<String, AttributeValue>> due(Instant now) {
        return items.values().stream()
                .map(Stored::item)
                .filter(item -> item.containsKey(Item.DUE_SHARD))
                .filter(item -> !Item.dueAt(item).isAfter(now))
                .toList();
    }
}
