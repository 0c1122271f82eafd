package dev.statuswire.simulator.database;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.simulator.check.Checker;
import dev.statuswire.simulator.check.Role;
import dev.statuswire.simulator.check.Trace;
import dev.statuswire.simulator.check.Write;
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
public final class Table {

    private final Scheduler scheduler;
    private final Checker checker;
    private final StreamLog stream;
    private final Trace trace;
    private final TreeMap<RequestKey, Stored> items =
            new TreeMap<>(Comparator.comparing(RequestKey::owner).thenComparing(RequestKey::id));

    public Table(Scheduler scheduler, Checker checker, StreamLog stream, Trace trace) {
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

    /** Stores a new item; what is there already, where there is something, and nothing is done. */
    Optional<Request> putIfAbsent(
            Role role, RequestKey key, Map<String, AttributeValue> item, Instant now) {
        Optional<Request> there = find(key);
        if (there.isEmpty()) {
            store(role, "submit", key, item, now);
        }
        return there;
    }

    /** Carries out the transition; empty where its condition does not hold. */
    Optional<Request> apply(Role role, RequestKey key, Transition transition, Instant now) {
        return transition
                .applyTo(stored(key).item())
                .flatMap(item -> store(role, transition.name(), key, item, now));
    }

    /** Forgets what has expired. */
    public void expire() {
        Instant now = scheduler.now();
        List<Request> expired =
                requests().values().stream()
                        .filter(it -> it.expiresAt() != null && !it.expiresAt().isAfter(now))
                        .toList();
        for (Request gone : expired) {
            store(Role.EXPIRY, "expire", gone.key(), Map.of(), now);
        }
    }

    /** What the key's item says from now on. */
    private Optional<Request> store(
            Role role, String what, RequestKey key, Map<String, AttributeValue> item, Instant now) {
        Stored before = stored(key);
        Stored after = Stored.of(item);
        if (item.isEmpty()) {
            items.remove(key);
        } else {
            items.put(key, after);
        }
        var write =
                new Write(
                        role,
                        Thread.currentThread(),
                        now,
                        scheduler.now(),
                        key,
                        before.request(),
                        after.request());
        trace.tell(() -> role + " " + what + ": " + describe(write));
        checker.wrote(write);
        stream.append(Item.key(key), before.item(), item);
        return after.request();
    }

    private static String describe(Write write) {
        return write.after()
                .map(
                        it ->
                                "%s v%d %s fence %d attempt %d due %s"
                                        .formatted(
                                                it.key(),
                                                it.version(),
                                                it.status(),
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
