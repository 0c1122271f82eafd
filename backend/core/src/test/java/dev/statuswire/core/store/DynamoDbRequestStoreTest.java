package dev.statuswire.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.testing.StandInDynamoDb;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

final class DynamoDbRequestStoreTest extends RequestStoreContract {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private final String table = DYNAMO_DB.newRequestsTable();
    private final RequestStore store = storeThrough(DYNAMO_DB.client());

    private DynamoDbRequestStore storeThrough(DynamoDbClient client) {
        return new DynamoDbRequestStore(
                client, table, transitions, new UnreadableItems(Metrics.NONE), clock);
    }

    @Override
    RequestStore store() {
        return store;
    }

    @Override
    DueIndex index() {
        return new DynamoDbDueIndex(DYNAMO_DB.client(), table);
    }

    /** Compares the two implementations of every condition and every change. */
    @Test
    void database_and_transitions_produce_the_same_items() {
        for (int seed = 0; seed < Scale.of(40, 200); seed++) {
            var random = new Random(seed);
            var id = new RequestKey("ada", "random-" + "%03d".formatted(seed));
            store.submit(id, anySubmission(random), clock.instant());
            Request seen = store.find(id).orElseThrow();
            for (int i = 0; i < 40; i++) {
                clock.advance(Duration.ofSeconds(random.nextInt(30)));
                Transition transition = AnyTransition.of(random, transitions, seen, clock);
                var expected = transition.applyTo(item(id));
                store.apply(id, transition);
                if (expected.isPresent()) {
                    assertThat(item(id)).as(transition.name()).isEqualTo(expected.get());
                    seen = random.nextInt(4) > 0 ? store.find(id).orElseThrow() : seen;
                }
            }
        }
    }

    private Submission anySubmission(Random random) {
        Instant start = random.nextBoolean() ? clock.instant().plusSeconds(60) : null;
        Instant end = random.nextBoolean() ? clock.instant().plusSeconds(90) : null;
        List<String> tags = random.nextBoolean() ? List.of("b", "a") : List.of();
        var options = SubmissionOptions.NONE.withNotBefore(start).withNotAfter(end).withTags(tags);
        return new Submission("t", "{}", options, Optional.empty());
    }

    /** The SDK sends a write again if the response was lost. */
    @Test
    void write_that_is_sent_twice_succeeds() {
        var twice = storeThrough(DuplicatingClient.of(DYNAMO_DB.client()));
        var id = new RequestKey("ada", "sent-twice");

        assertThat(twice.submit(id, new Submission("t", "{}"), clock.instant()))
                .isInstanceOf(SubmitOutcome.Created.class);
        Request running = done(twice.apply(id, claim(stored(twice, id))));
        assertThat(running.attempt()).isEqualTo(1);
        var error = new RequestError("code", "message", null, true);
        done(twice.apply(id, transitions.fail(running, error, clock.instant())));
        Request again =
                done(twice.apply(id, transitions.retry(stored(store, id), clock.instant())));
        assertThat(again.version()).isEqualTo(4);
        done(twice.apply(id, transitions.cancelIdle(stored(store, id), clock.instant())));
        done(twice.apply(id, transitions.retry(stored(store, id), clock.instant())));
        Request held = done(twice.apply(id, claim(stored(twice, id))));
        Request back = done(twice.apply(id, transitions.handBack(held, clock.instant())));
        assertThat(back.version()).isEqualTo(8);
        assertThat(twice.submit(id, new Submission("t", "{}"), clock.instant()))
                .isEqualTo(new SubmitOutcome.Repeated(back));
    }

    @Test
    void submission_with_an_idempotency_key_that_is_sent_twice_succeeds() {
        var twice = storeThrough(DuplicatingClient.of(DYNAMO_DB.client()));
        var id = new RequestKey("ada", "~request-1");

        assertThat(
                        twice.submit(
                                id,
                                new Submission(
                                        "t", "{}", SubmissionOptions.NONE, Optional.of(HASH)),
                                clock.instant()))
                .isEqualTo(new SubmitOutcome.Created(stored(store, id)));
    }

    @Test
    void idempotency_key_whose_request_was_deleted_gives_a_new_request_with_a_new_id() {
        var first = new RequestKey("ada", "~request-1");
        var second = new RequestKey("ada", "~request-2");
        var third = new RequestKey("ada", "~request-3");
        store.submit(
                first,
                new Submission("t", "{}", SubmissionOptions.NONE, Optional.of(HASH)),
                clock.instant());
        DYNAMO_DB.client().deleteItem(delete -> delete.tableName(table).key(Item.key(first)));
        assertThat(
                        store.findSubmitted(
                                second,
                                new Submission(
                                        "t", "{}", SubmissionOptions.NONE, Optional.of(HASH)),
                                clock.instant()))
                .isEmpty();

        SubmitOutcome again =
                store.submit(
                        second,
                        new Submission("t", "[]", SubmissionOptions.NONE, Optional.of(HASH)),
                        clock.instant());

        assertThat(again).isEqualTo(new SubmitOutcome.Created(stored(store, second)));
        assertThat(
                        store.submit(
                                third,
                                new Submission(
                                        "t", "[]", SubmissionOptions.NONE, Optional.of(HASH)),
                                clock.instant()))
                .isEqualTo(new SubmitOutcome.Repeated(stored(store, second)));
    }

    @Test
    void one_of_many_concurrent_submissions_with_the_same_idempotency_key_is_accepted()
            throws Exception {
        var start = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SubmitOutcome>> submissions =
                    IntStream.range(0, 20)
                            .mapToObj(n -> new RequestKey("ada", "~request-%02d".formatted(n)))
                            .map(
                                    id ->
                                            callers.submit(
                                                    () -> {
                                                        start.await();
                                                        return store.submit(
                                                                id,
                                                                new Submission(
                                                                        "t",
                                                                        "{}",
                                                                        SubmissionOptions.NONE,
                                                                        Optional.of(HASH)),
                                                                clock.instant());
                                                    }))
                            .toList();
            start.countDown();
            var ids = new HashSet<String>();
            int accepted = 0;
            for (Future<SubmitOutcome> submission : submissions) {
                ids.add(submission.get().request().key().id());
                accepted += submission.get() instanceof SubmitOutcome.Created ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
            assertThat(ids).hasSize(1);
        }
        var all = new ListQuery("ada", Set.of(), Set.of(), Set.of(), 100, Optional.empty());
        assertThat(store.list(all).requests()).hasSize(1);
    }

    @Test
    void submission_is_retried_while_another_transaction_writes_its_idempotency_key() {
        var conflicts = new AtomicInteger(3);
        var busy =
                storeThrough(
                        StandInDynamoDb.of(
                                DYNAMO_DB.client(),
                                (method, _, call) -> {
                                    if (method.equals("transactWriteItems")
                                            && conflicts.getAndDecrement() > 0) {
                                        throw conflict();
                                    }
                                    return call.send();
                                }));
        var id = new RequestKey("ada", "~request-1");

        assertThat(
                        busy.submit(
                                id,
                                new Submission(
                                        "t", "{}", SubmissionOptions.NONE, Optional.of(HASH)),
                                clock.instant()))
                .isEqualTo(new SubmitOutcome.Created(stored(store, id)));
        conflicts.set(1_000);
        assertThatThrownBy(
                        () ->
                                busy.submit(
                                        new RequestKey("ada", "~request-2"),
                                        new Submission(
                                                "t",
                                                "{}",
                                                SubmissionOptions.NONE,
                                                Optional.of("other")),
                                        clock.instant()))
                .isInstanceOfSatisfying(
                        StoreException.class, failed -> assertThat(failed.isRetryable()).isTrue());
    }

    /** A conflict between transactions, which DynamoDB Local never reports. */
    private static TransactionCanceledException conflict() {
        return TransactionCanceledException.builder()
                .message("Transaction cancelled")
                .cancellationReasons(
                        CancellationReason.builder().code("TransactionConflict").build(),
                        CancellationReason.builder().code("None").build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "a/b-0000001",
                "../../etc/passwd",
                "%2e%2e%2f0000",
                "new\nline-000",
                "tab\t-0000000",
                "ümlaut-00000",
                "漢字漢字漢字漢字",
                "with space-0",
                "question?-00",
                "#hash-000000",
                "~~tilde-0000",
                "a-tilde~-000",
                "0123456789012345678901234567890123456789012345678901234567890123-65"
            })
    void item_with_an_invalid_id_is_not_listed_and_is_reported_as_unreadable(String id) {
        put(Map.of("owner", "ada", "id", id, "type", "t", "input", "{}", "status", "ACCEPTED"));

        assertThatThrownBy(() -> store.find(new RequestKey("ada", id)))
                .isInstanceOf(UnreadableItemException.class)
                .hasMessageEndingWith("its id cannot be the id of a request");
        assertThat(listed()).isEmpty();
    }

    @Test
    void retry_that_is_sent_again_after_its_request_was_claimed_succeeds() {
        var id = new RequestKey("ada", "claimed-between");
        store.submit(id, new Submission("t", "{}"), clock.instant());
        store.apply(id, transitions.cancelIdle(stored(store, id), clock.instant()));
        var between =
                storeThrough(
                        DuplicatingClient.of(
                                DYNAMO_DB.client(),
                                () -> done(store.apply(id, claim(stored(store, id))))));

        Request retried =
                done(between.apply(id, transitions.retry(stored(store, id), clock.instant())));

        assertThat(retried.status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void claim_that_is_sent_again_after_another_worker_took_over_is_refused() {
        var id = new RequestKey("ada", "taken-over");
        store.submit(id, new Submission("t", "{}"), clock.instant());
        var slow =
                storeThrough(
                        DuplicatingClient.of(
                                DYNAMO_DB.client(),
                                () -> {
                                    Request lost = stored(store, id);
                                    done(
                                            store.apply(
                                                    id,
                                                    transitions.handBack(lost, clock.instant())));
                                    done(store.apply(id, claim(stored(store, id))));
                                }));

        assertThat(slow.apply(id, claim(stored(store, id))))
                .isInstanceOf(WriteOutcome.Refused.class);
    }

    private Transition claim(Request seen) {
        return transitions.claim(seen, List.of("one", "two"), Set.of(), clock.instant());
    }

    private static Request stored(RequestStore store, RequestKey id) {
        return store.find(id).orElseThrow();
    }

    private static Request done(WriteOutcome outcome) {
        return ((WriteOutcome.Done) outcome).request();
    }

    @Test
    void item_of_another_program_with_only_the_required_attributes_is_a_request() {
        put(
                Map.of(
                        "owner",
                        "ada",
                        "id",
                        "foreign-1",
                        "type",
                        "t",
                        "input",
                        "{}",
                        "status",
                        "ACCEPTED"));
        RequestKey foreign = new RequestKey("ada", "foreign-1");
        Request seen = store.find(foreign).orElseThrow();

        WriteOutcome claimed =
                store.apply(
                        foreign,
                        transitions.claim(seen, List.of("one"), Set.of(), clock.instant()));

        assertThat(claimed).isInstanceOf(WriteOutcome.Done.class);
        Request running = ((WriteOutcome.Done) claimed).request();
        assertThat(running.status()).isEqualTo(Status.RUNNING);
        assertThat(running.createdAt()).isEqualTo(clock.instant());
        assertThat(running.dueAt()).isEqualTo(clock.instant().plus(TIMING.lease()));
        assertThat(running.version()).isEqualTo(2);
    }

    @Test
    void history_of_another_program_that_is_not_a_list_is_replaced() {
        put(
                Map.of(
                        "owner", "ada",
                        "id", "foreign-2",
                        "type", "t",
                        "input", "{}",
                        "status", "ACCEPTED",
                        "history", "none"));
        RequestKey foreign = new RequestKey("ada", "foreign-2");
        Request seen = store.find(foreign).orElseThrow();

        WriteOutcome claimed =
                store.apply(
                        foreign,
                        transitions.claim(seen, List.of("one"), Set.of(), clock.instant()));

        assertThat(claimed).isInstanceOf(WriteOutcome.Done.class);
        assertThat(((WriteOutcome.Done) claimed).request().history())
                .containsExactly(new HistoryEntry(2, clock.instant(), "started", "system", null));
    }

    @Test
    void invalid_due_time_does_not_hide_other_due_requests() {
        var due = new RequestKey("ada", "due-000a");
        store.submit(due, new Submission("t", "{}"), clock.instant());
        DYNAMO_DB
                .client()
                .putItem(
                        put ->
                                put.tableName(table)
                                        .item(
                                                Map.of(
                                                        "owner", AttributeValue.fromS("ada"),
                                                        "id", AttributeValue.fromS("half-00a"),
                                                        "dueShard", AttributeValue.fromS("a"),
                                                        "dueAt", AttributeValue.fromN("0.5"))));
        clock.advance(Duration.ofDays(1));

        assertThat(index().dueAt(clock.instant(), 10))
                .extracting(DueRequest::key)
                .containsExactly(due);
    }

    @Test
    void unreadable_item_is_reported_and_not_listed() {
        put(Map.of("owner", "ada", "id", "nonsense", "status", "WELL"));
        var nonsense = new RequestKey("ada", "nonsense");

        assertThatThrownBy(() -> store.find(nonsense))
                .isInstanceOf(UnreadableItemException.class)
                .hasMessage("the read of ada/nonsense failed: no type");
        assertThatThrownBy(() -> store.submit(nonsense, new Submission("t", "{}"), clock.instant()))
                .isInstanceOf(UnreadableItemException.class);
        assertThat(listed()).isEmpty();
    }

    @Test
    void item_that_is_not_a_request_is_not_found_and_not_listed() {
        put(Map.of("owner", "ada", "id", "nonsense", "color", "green"));

        assertThat(store.find(new RequestKey("ada", "nonsense"))).isEmpty();
        assertThat(listed()).isEmpty();
    }

    @Test
    void ids_are_sorted_by_their_bytes() {
        for (String id : List.of("aaaaaaaa", "AAAAAAAA", "00000000", "________", "--------")) {
            store.submit(new RequestKey("ada", id), new Submission("t", "{}"), clock.instant());
        }

        assertThat(listed())
                .extracting(request -> request.key().id())
                .containsExactly("aaaaaaaa", "________", "AAAAAAAA", "00000000", "--------");
    }

    private void put(Map<String, String> texts) {
        var item = new HashMap<String, AttributeValue>();
        texts.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
        item.put("version", AttributeValue.fromN("1"));
        DYNAMO_DB.client().putItem(put -> put.tableName(table).item(item));
    }

    private Map<String, AttributeValue> item(RequestKey id) {
        return DYNAMO_DB
                .client()
                .getItem(get -> get.tableName(table).key(Item.key(id)).consistentRead(true))
                .item();
    }
}
