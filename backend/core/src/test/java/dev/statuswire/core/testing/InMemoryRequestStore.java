package dev.statuswire.core.testing;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.SubmitOutcome;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A store in memory. It evaluates the transitions' own conditions and changes. Thread-safe. */
public final class InMemoryRequestStore implements RequestStore, DueIndex {

    private final Transitions transitions;
    private final InstantSource clock;
    private final Map<RequestKey, Map<String, AttributeValue>> items = new HashMap<>();
    private final Map<RequestKey, Used> used = new HashMap<>();

    /** Creates a store in which nothing expires, because its clock stays at 1970. */
    public InMemoryRequestStore(Transitions transitions) {
        this(transitions, InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * Creates a store.
     *
     * @param clock by which requests expire
     */
    public InMemoryRequestStore(Transitions transitions, InstantSource clock) {
        this.transitions = transitions;
        this.clock = clock;
    }

    @Override
    public synchronized SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
        var existing = findSubmitted(key, submission, now);
        if (existing.isPresent()) {
            return SubmitOutcome.of(submission, existing.get());
        }
        var item = transitions.submit(key, submission, now);
        put(item);
        Instant expiresAt = now.plus(transitions.timing().retention());
        submission
                .idempotencyKey()
                .map(hash -> new RequestKey(key.owner(), hash))
                .ifPresent(hash -> used.put(hash, new Used(key, expiresAt)));
        return new SubmitOutcome.Created(Item.read(item).orElseThrow());
    }

    @Override
    public synchronized Optional<Request> findSubmitted(
            RequestKey key, Submission submission, Instant now) {
        return submission
                .idempotencyKey()
                .map(
                        hash ->
                                Optional.ofNullable(used.get(new RequestKey(key.owner(), hash)))
                                        .filter(it -> it.isValidAt(now))
                                        .map(Used::request))
                .orElseGet(() -> Optional.of(key))
                .flatMap(it -> Optional.ofNullable(items.get(it)))
                .flatMap(item -> Item.reading(item, now).request());
    }

    /** The request that an idempotency key refers to. */
    private record Used(RequestKey request, Instant expiresAt) {

        boolean isValidAt(Instant now) {
            return expiresAt.getEpochSecond() > now.getEpochSecond();
        }
    }

    /** Writes an item, as another program could with PutItem. */
    public synchronized void put(Map<String, AttributeValue> item) {
        items.put(Item.keyOf(item), item);
    }

    @Override
    public synchronized WriteOutcome apply(RequestKey key, Transition transition) {
        var item = Optional.ofNullable(items.get(key));
        var changed = item.flatMap(transition::applyTo);
        changed.ifPresent(after -> items.put(key, after));
        Optional<Map<String, AttributeValue>> done =
                changed.or(() -> item.filter(transition::isIn));
        return done.flatMap(Item::read)
                .<WriteOutcome>map(WriteOutcome.Done::new)
                .orElseGet(() -> new WriteOutcome.Refused(item.flatMap(this::read)));
    }

    @Override
    public synchronized Optional<Request> delete(RequestKey key, Condition condition) {
        var item = items.get(key);
        if (item != null && condition.holds(item)) {
            items.remove(key);
        }
        return find(key);
    }

    @Override
    public synchronized Optional<Request> find(RequestKey key) {
        return Optional.ofNullable(items.get(key)).flatMap(this::read);
    }

    private Optional<Request> read(Map<String, AttributeValue> item) {
        return Item.reading(item, clock.instant()).request();
    }

    @Override
    public synchronized RequestPage list(ListQuery query) {
        List<Request> all =
                requests()
                        .filter(request -> request.key().owner().equals(query.owner()))
                        .filter(request -> isBefore(request, query.before()))
                        .filter(request -> isWanted(query, request))
                        .sorted(Comparator.comparing((Request r) -> r.key().id()).reversed())
                        .toList();
        List<Request> page = all.subList(0, Math.min(all.size(), query.limit()));
        return new RequestPage(
                page,
                page.size() < all.size()
                        ? Optional.of(page.getLast().key().id())
                        : Optional.empty());
    }

    private static boolean isBefore(Request request, Optional<String> before) {
        return before.isEmpty() || request.key().id().compareTo(before.get()) < 0;
    }

    private static boolean isWanted(ListQuery query, Request request) {
        return isAny(query.statuses(), List.of(request.status()))
                && isAny(query.types(), List.of(request.type()))
                && isAny(query.tags(), request.options().tags());
    }

    private static <T> boolean isAny(Set<T> wanted, List<T> there) {
        return wanted.isEmpty() || there.stream().anyMatch(wanted::contains);
    }

    private Stream<Request> requests() {
        return items.values().stream().flatMap(item -> read(item).stream());
    }

    @Override
    public synchronized List<DueRequest> dueAt(Instant now, int limitPerShard) {
        return items.values().stream()
                .filter(item -> item.containsKey(Item.DUE_SHARD))
                .map(item -> new DueRequest(Item.keyOf(item), Item.dueAt(item)))
                .filter(due -> !due.dueAt().isAfter(now))
                .sorted(Comparator.comparing(DueRequest::dueAt))
                .toList();
    }

    @Override
    public synchronized long unfinishedOf(String owner, long limit) {
        return requests()
                .filter(request -> request.key().owner().equals(owner))
                .filter(request -> !request.status().finished())
                .count();
    }
}
