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
    private final TreeMap<RequestKey, Map<String, AttributeValue>> items =
            new TreeMap<>(Comparator.comparing(RequestKey::toString));

    public Table(Scheduler scheduler, Checker checker, StreamLog stream, Trace trace) {
        this.scheduler = scheduler;
        this.checker = checker;
        this.stream = stream;
        this.trace = trace;
    }

    /** Stores a new item; what is there already, where there is something, and nothing is done. */
    Optional<Request> putIfAbsent(
            Role role, RequestKey key, Map<String, AttributeValue> item, Instant now) {
        Optional<Request> there = find(key);
        if (there.isEmpty()) {
            store(role, "submit", key, Map.of(), item, now);
        }
        return there;
    }

    /** Carries out the transition; empty where its condition does not hold. */
    Optional<Request> apply(Role role, RequestKey key, Transition transition, Instant now) {
        Map<String, AttributeValue> before = item(key);
        Optional<Map<String, AttributeValue>> after = transition.applyTo(before);
        after.ifPresent(item -> store(role, transition.name(), key, before, item, now));
        return after.flatMap(Item::read);
    }

    /** Forgets what has expired. */
    public void expire() {
        Instant now = scheduler.now();
        List<Request> expired =
                requests().values().stream()
                        .filter(it -> it.expiresAt() != null && !it.expiresAt().isAfter(now))
                        .toList();
        for (Request gone : expired) {
            store(Role.EXPIRY, "expire", gone.key(), item(gone.key()), Map.of(), now);
        }
    }

    private void store(
            Role role,
            String what,
            RequestKey key,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after,
            Instant now) {
        if (after.isEmpty()) {
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
                        Item.read(before),
                        Item.read(after));
        trace.tell(() -> role + " " + what + ": " + describe(write));
        checker.wrote(write);
        stream.append(Item.key(key), before, after);
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

    /** Empty where there is none. */
    private Map<String, AttributeValue> item(RequestKey key) {
        return items.getOrDefault(key, Map.of());
    }

    Optional<Request> find(RequestKey key) {
        return Optional.ofNullable(items.get(key)).flatMap(Item::read);
    }

    /** Everything in it, by key. */
    public Map<RequestKey, Request> requests() {
        var requests = new HashMap<RequestKey, Request>();
        items.forEach((key, item) -> Item.read(item).ifPresent(it -> requests.put(key, it)));
        return requests;
    }

    /** What the index of what is due has. */
    List<Map<String, AttributeValue>> due(Instant now) {
        return items.values().stream()
                .filter(item -> item.containsKey(Item.DUE_SHARD))
                .filter(item -> !Item.dueAt(item).isAfter(now))
                .toList();
    }
}
