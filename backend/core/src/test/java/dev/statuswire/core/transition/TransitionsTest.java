package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Submission;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Edge cases that the store's contract does not cover. The contract tests each row of the table.
 */
final class TransitionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final RequestKey KEY = new RequestKey("ada", "request-1");
    private static final StepState DONE =
            StepState.pending("one").started(NOW).succeeded("{}", NOW);

    private final AtomicInteger unique = new AtomicInteger();
    private final Transitions transitions =
            new Transitions(TransitionTiming.DEFAULT, () -> "unique-" + unique.incrementAndGet());
    private final Map<String, AttributeValue> item =
            new HashMap<>(transitions.submit(KEY, new Submission("t", "{}"), NOW));

    @Test
    void submission_is_version_1_and_due_after_the_start_grace() {
        assertThat(item)
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("owner", Item.text("ada")),
                                Map.entry("id", Item.text("request-1")),
                                Map.entry("life", Item.text("unique-1")),
                                Map.entry("format", Item.number(2)),
                                Map.entry("type", Item.text("t")),
                                Map.entry("input", Item.text("{}")),
                                Map.entry("status", Item.text("ACCEPTED")),
                                Map.entry("version", Item.number(1)),
                                Map.entry("fence", Item.number(0)),
                                Map.entry("attempt", Item.number(0)),
                                Map.entry("failures", Item.number(0)),
                                Map.entry("createdAt", Item.time(NOW)),
                                Map.entry("updatedAt", Item.time(NOW)),
                                Map.entry(
                                        "history",
                                        AttributeValue.fromL(
                                                List.of(
                                                        Item.text(
                                                                "1 2026-01-01T12:00:00.000Z"
                                                                        + " submitted owner")))),
                                Map.entry("dueShard", Item.text(KEY.dueShard())),
                                Map.entry(
                                        "dueAt", Item.number(NOW.plusSeconds(60).toEpochMilli()))));
    }

    @Test
    void claim_starts_no_step_if_all_steps_are_finished() {
        item.put(Item.STEPS, Item.steps(List.of(DONE)));

        Request claimed = after(transitions.claim(request(), List.of("one"), Set.of(), NOW));

        assertThat(claimed.status()).isEqualTo(Status.RUNNING);
        assertThat(claimed.steps()).containsExactly(DONE);
    }

    @Test
    void success_without_a_claim_has_the_same_result_as_a_claim_and_a_success() {
        Request started =
                request()
                        .startedUnclaimed(
                                StepState.started(
                                        List.of("one"), Set.of(), List.of(), NOW.plusMillis(5)));
        StepState done = started.steps().getFirst().succeeded("{}", NOW.plusMillis(9));

        Map<String, AttributeValue> unclaimed =
                applied(transitions.succeedUnclaimed(started, done, "{}", NOW.plusMillis(9)), item);
        Map<String, AttributeValue> claimed =
                applied(transitions.claimStarted(started, NOW.plusMillis(9)), item);
        Map<String, AttributeValue> finished =
                applied(
                        transitions.succeed(
                                Item.read(claimed).orElseThrow(), 0, done, "{}", NOW.plusMillis(9)),
                        claimed);

        assertThat(
                        Map.of(
                                Item.VERSION,
                                unclaimed.get(Item.VERSION),
                                Item.FENCE,
                                unclaimed.get(Item.FENCE)))
                .isEqualTo(Map.of(Item.VERSION, Item.number(2), Item.FENCE, Item.number(0)));
        assertThat(unclaimed)
                .containsAllEntriesOf(
                        without(
                                finished,
                                Item.VERSION,
                                Item.FENCE,
                                Item.HISTORY,
                                Item.WORK_RECEIPT));
        assertThat(unclaimed).hasSameSizeAs(finished);
    }

    private static Map<String, AttributeValue> applied(
            Transition transition, Map<String, AttributeValue> to) {
        return transition.applyTo(to).orElseThrow();
    }

    private static Map<String, AttributeValue> without(
            Map<String, AttributeValue> item, String... attributes) {
        var rest = new HashMap<>(item);
        rest.keySet().removeAll(List.of(attributes));
        return rest;
    }

    @Test
    void success_without_a_claim_requires_that_nothing_was_written() {
        Request started =
                request()
                        .startedUnclaimed(
                                StepState.started(List.of("one"), Set.of(), List.of(), NOW));
        Transition end =
                transitions.succeedUnclaimed(
                        started, started.steps().getFirst().succeeded("{}", NOW), "{}", NOW);

        assertThat(end.applyTo(applied(transitions.sweep(request(), NOW), item))).isEmpty();
        assertThat(end.applyTo(applied(transitions.cancelIdle(request(), NOW), item))).isEmpty();
        assertThat(end.applyTo(applied(transitions.claimStarted(started, NOW), item))).isEmpty();
        assertThat(end.applyTo(transitions.submit(KEY, new Submission("t", "{}"), NOW)))
                .as("another life")
                .isEmpty();
    }

    @Test
    void failure_after_the_last_step_marks_no_step() {
        item.put(Item.STEPS, Item.steps(List.of(DONE)));
        item.put(Item.STATUS, Item.text("RUNNING"));

        Request failed =
                after(
                        transitions.fail(
                                request(), new RequestError("io", "it hung", null, true), NOW));

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.steps())
                .extracting(StepState::status)
                .containsExactly(StepStatus.SUCCEEDED);
    }

    @Test
    void claim_of_an_item_without_times_sets_the_lease() {
        item.remove(Item.DUE_AT);
        item.remove(Item.DUE_SHARD);
        item.remove(Item.CREATED_AT);

        Request claimed =
                after(transitions.claim(request(), List.of("one"), Set.of(), NOW.plusSeconds(5)));

        assertThat(claimed.dueAt()).isEqualTo(NOW.plusSeconds(65));
        assertThat(claimed.createdAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void request_without_a_life_gets_one_at_its_first_claim_and_keeps_it() {
        item.remove(Item.LIFE);

        Request claimed = after(transitions.claim(request(), List.of("one"), Set.of(), NOW));

        assertThat(claimed.life()).startsWith("unique-");
    }

    @Test
    void request_that_a_release_without_lives_has_started_gets_no_life() {
        item.remove(Item.LIFE);
        item.put(Item.STEPS, Item.steps(List.of(StepState.pending("one"))));

        Request claimed = after(transitions.claim(request(), List.of("one"), Set.of(), NOW));

        assertThat(claimed.life()).isNull();
        assertThat(claimed.effectKey("one")).isEqualTo("ada/request-1/one");
    }

    @Test
    void request_of_an_unknown_type_is_set_aside_until_a_claim() {
        Request aside = after(transitions.setAside(request(), NOW));
        item.putAll(transitions.setAside(request(), NOW).applyTo(item).orElseThrow());
        Request later = after(transitions.setAside(request(), NOW.plusSeconds(9)));
        Request claimed =
                after(transitions.claim(request(), List.of("one"), Set.of(), NOW.plusSeconds(9)));

        assertThat(aside.status()).isEqualTo(Status.ACCEPTED);
        assertThat(aside.typeUnknownSince()).isEqualTo(NOW);
        assertThat(aside.dueAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(later.typeUnknownSince()).isEqualTo(NOW);
        assertThat(claimed.typeUnknownSince()).isNull();
    }

    @Test
    void write_recognizes_only_itself_by_its_receipt() {
        Transition done = transitions.cancelIdle(request(), NOW);
        Map<String, AttributeValue> after = done.applyTo(item).orElseThrow();

        assertThat(done.isIn(after)).isTrue();
        assertThat(done.isIn(item)).isFalse();
        assertThat(transitions.cancelIdle(request(), NOW).isIn(after)).isFalse();
        assertThat(transitions.cancelIdle(request(), NOW).withReceipt(done.receipt()).isIn(after))
                .isTrue();
    }

    @Test
    void transition_is_empty_if_refused_and_never_changes_its_argument() {
        Map<String, AttributeValue> before = Map.copyOf(item);

        assertThat(transitions.cancelRunning(request(), NOW).applyTo(item)).isEmpty();
        assertThat(transitions.cancelIdle(request(), NOW).applyTo(item)).isPresent();

        assertThat(item).isEqualTo(before);
    }

    @Test
    void history_names_each_change_of_the_status_its_version_and_who_caused_it() {
        Request claimed =
                next(transitions.claim(request(), List.of("one"), Set.of(), NOW.plusSeconds(1)));
        Request alive = next(transitions.alive(claimed, null, NOW.plusSeconds(2)));
        var oven = new RequestError("oven cold", "It is cold.", "one", true);
        Request retrying =
                next(
                        transitions.retryLater(
                                alive, 5, oven, NOW.plusSeconds(9), NOW.plusSeconds(3)));
        Request offered = next(transitions.sweep(retrying, NOW.plusSeconds(10)));
        Request again =
                next(transitions.claim(offered, List.of("one"), Set.of(), NOW.plusSeconds(11)));
        Request asked = next(transitions.cancelRunning(again, NOW.plusSeconds(12)));
        Request stopped = next(transitions.stop(asked, NOW.plusSeconds(13)));
        Request last = next(transitions.retry(stopped, NOW.plusSeconds(14)));

        assertThat(Objects.requireNonNull(item.get(Item.HISTORY)).l())
                .extracting(AttributeValue::s)
                .containsExactly(
                        "1 2026-01-01T12:00:00.000Z submitted owner",
                        "2 2026-01-01T12:00:01.000Z started system",
                        "4 2026-01-01T12:00:03.000Z retrying system oven cold",
                        "5 2026-01-01T12:00:10.000Z offered system",
                        "6 2026-01-01T12:00:11.000Z started system",
                        "7 2026-01-01T12:00:12.000Z cancel-requested owner",
                        "8 2026-01-01T12:00:13.000Z cancelled system",
                        "9 2026-01-01T12:00:14.000Z retried owner");
        assertThat(last.history().get(2))
                .isEqualTo(
                        new HistoryEntry(4, NOW.plusSeconds(3), "retrying", "system", "oven cold"));
    }

    @Test
    void history_keeps_the_last_64_entries() {
        for (int i = 0; i < 40; i++) {
            Request seen = next(transitions.cancelIdle(request(), NOW));
            next(transitions.retry(seen, NOW));
        }

        assertThat(request().history())
                .hasSize(64)
                .extracting(HistoryEntry::version)
                .startsWith(18L)
                .endsWith(81L)
                .isSorted();
    }

    /** Applies the transition to the item, and returns the changed request. */
    private Request next(Transition transition) {
        Map<String, AttributeValue> changed = applied(transition, item);
        item.clear();
        item.putAll(changed);
        return request();
    }

    @Test
    void timing_is_the_given_one() {
        assertThat(transitions.timing()).isEqualTo(TransitionTiming.DEFAULT);
    }

    private Request request() {
        return Item.read(item).orElseThrow();
    }

    private Request after(Transition transition) {
        return transition.applyTo(item).flatMap(Item::read).orElseThrow();
    }
}
