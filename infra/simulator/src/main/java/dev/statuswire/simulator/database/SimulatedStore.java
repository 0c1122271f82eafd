package dev.statuswire.simulator.database;

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
import dev.statuswire.simulator.check.WriterRole;
import dev.statuswire.simulator.database.SimulatedTable.Writer;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table as seen by one process. */
public final class SimulatedStore implements RequestStore, DueIndex {

    private final SimulatedTable table;
    private final WriterRole role;
    private final SimulatedProcess host;
    private final UnreliableCalls calls;
    private final Transitions transitions;
    private final boolean isOfPreviousRelease;

    /**
     * @param isOfPreviousRelease whether submitted items have no life and no format
     */
    public SimulatedStore(
            SimulatedTable table,
            WriterRole role,
            SimulatedProcess host,
            UnreliableCalls calls,
            Transitions transitions,
            boolean isOfPreviousRelease) {
        this.table = table;
        this.role = role;
        this.host = host;
        this.calls = calls;
        this.transitions = transitions;
        this.isOfPreviousRelease = isOfPreviousRelease;
    }

    private Writer writer() {
        return Writer.of(role, host.latestShown());
    }

    @Override
    public SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
        Map<String, AttributeValue> item = item(key, submission, now);
        Writer writer = writer();
        Supplier<SubmitOutcome> put =
                () ->
                        table.putIfAbsent(writer, key, item, now)
                                .map(there -> SubmitOutcome.of(submission, there))
                                .orElseGet(() -> created(item));
        return isKeptForLong(transitions) ? calls.write(put) : calls.writePunctually(put);
    }

    /**
     * Returns whether requests are kept for so long that no submission arrives after its request
     * has expired.
     */
    public static boolean isKeptForLong(Transitions transitions) {
        return transitions.timing().retention().compareTo(Duration.ofHours(2)) > 0;
    }

    private Map<String, AttributeValue> item(RequestKey key, Submission submission, Instant now) {
        var item = new HashMap<>(transitions.submit(key, submission, now));
        if (isOfPreviousRelease) {
            item.remove(Item.LIFE);
            item.remove(Item.FORMAT);
        }
        return Map.copyOf(item);
    }

    private static SubmitOutcome created(Map<String, AttributeValue> item) {
        return new SubmitOutcome.Created(Item.read(item).orElseThrow());
    }

    @Override
    public Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now) {
        throw new UnsupportedOperationException("the simulator refuses no submission");
    }

    @Override
    public WriteOutcome apply(RequestKey key, Transition transition) {
        Writer writer = writer();
        Optional<Request> sentAt = table.find(key);
        return calls.write(
                () -> table.apply(writer, key, transition),
                () -> table.applyLate(writer, key, transition, sentAt));
    }

    @Override
    public Optional<Request> delete(RequestKey key, Condition condition) {
        Writer writer = writer();
        return calls.write(() -> table.delete(writer, key, condition));
    }

    @Override
    public Optional<Request> find(RequestKey key) {
        return calls.read(() -> table.find(key, host.latestShown()));
    }

    @Override
    public RequestPage list(ListQuery query) {
        return calls.read(() -> page(query));
    }

    private RequestPage page(ListQuery query) {
        List<Request> all =
                table.requests().values().stream()
                        .filter(it -> it.key().owner().equals(query.owner()))
                        .filter(it -> table.find(it.key(), host.latestShown()).isPresent())
                        .filter(it -> isBefore(it, query.before()))
                        .sorted(Comparator.comparing((Request it) -> it.key().id()).reversed())
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

    @Override
    public List<DueRequest> dueAt(Instant now, int limitPerShard) {
        return calls.read(
                () ->
                        table.due(now).stream()
                                .map(item -> new DueRequest(Item.keyOf(item), Item.dueAt(item)))
                                .toList());
    }

    @Override
    public long unfinishedOf(String owner, long limit) {
        throw new UnsupportedOperationException("the simulator does not limit unfinished requests");
    }
}
