package dev.statuswire.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of every store: each row of the table of transitions, applied and refused, and the
 * reads.
 */
abstract class RequestStoreContract {

    static final TransitionTiming TIMING =
            new TransitionTiming(
                    Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));
    static final String HASH = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<String> STEPS = List.of("one", "two");
    private static final RequestError TRANSIENT = new RequestError("io", "it hung", "one", true);

    final ManualClock clock = new ManualClock();
    final Transitions transitions = new Transitions(TIMING);
    final RequestKey key = new RequestKey("ada", "request-1");
    private RequestStore store;
    private DueIndex index;

    abstract RequestStore store();

    abstract DueIndex index();

    @BeforeEach
    void open() {
        store = store();
        index = index();
    }

    @Test
    void submission_is_accepted_once_and_due_after_the_start_grace() {
        Request request = submitted();

        assertThat(request.status()).isEqualTo(Status.ACCEPTED);
        assertThat(request.version()).isEqualTo(1);
        assertThat(request.dueAt()).isEqualTo(now().plus(TIMING.startGrace()));
        assertThat(store.find(key)).contains(request);
    }

    @Test
    void submission_with_a_used_id_changes_nothing_and_returns_the_existing_request() {
        Request first = submitted();
        clock.advance(Duration.ofMillis(1));

        SubmitOutcome second = store.submit(key, new Submission("other", "[]"), now());

        assertThat(second).isEqualTo(new SubmitOutcome.Conflict(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "{\"a\":1.0}", "{ \"a\" : 1e0 }"})
    void submission_with_the_same_content_is_a_repetition(String input) {
        Request first = submitted();
        var again = new Submission("t", input);

        assertThat(store.submit(key, again, now())).isEqualTo(new SubmitOutcome.Repeated(first));
        assertThat(store.findSubmitted(key, again, now())).contains(first);
        assertThat(store.find(key)).contains(first);
    }

    @ParameterizedTest
    @CsvSource({"t, {}", "t, '{\"a\":2}'", "u, '{\"a\":1}'"})
    void submission_with_other_content_is_a_conflict(String type, String input) {
        Request first = submitted();

        assertThat(store.submit(key, new Submission(type, input), now()))
                .isEqualTo(new SubmitOutcome.Conflict(first));
        assertThat(store.find(key)).contains(first);
    }

    @Test
    void idempotency_key_with_the_same_content_is_a_repetition() {
        Request first = keyed("~request-1");
        var again = new Submission("t", "{ }", SubmissionOptions.NONE, Optional.of(HASH));

        assertThat(store.submit(new RequestKey("ada", "~request-2"), again, now()))
                .isEqualTo(new SubmitOutcome.Repeated(first));
    }

    @Test
    void submission_with_a_used_idempotency_key_changes_nothing_and_returns_its_request() {
        Request first = keyed("~request-1");
        clock.advance(Duration.ofMillis(1));

        SubmitOutcome second =
                store.submit(
                        new RequestKey("ada", "~request-2"),
                        new Submission("other", "[]", SubmissionOptions.NONE, Optional.of(HASH)),
                        now());

        assertThat(second).isEqualTo(new SubmitOutcome.Conflict(first));
        assertThat(findKeyed("ada")).contains(first);
        assertThat(store.find(new RequestKey("ada", "~request-2"))).isEmpty();
        assertThat(listed("ada")).containsExactly("~request-1");
    }

    @Test
    void idempotency_keys_of_different_owners_are_independent() {
        keyed("~request-1");

        SubmitOutcome other =
                store.submit(
                        new RequestKey("bob", "~request-1"),
                        new Submission("t", "{}", SubmissionOptions.NONE, Optional.of(HASH)),
                        now());

        assertThat(other).isInstanceOf(SubmitOutcome.Created.class);
        assertThat(findKeyed("eve")).isEmpty();
    }

    @Test
    void idempotency_key_expires_after_the_retention_and_its_request_stays() {
        Request first = keyed("~request-1");
        clock.advance(TIMING.retention().minusSeconds(1));
        assertThat(findKeyed("ada")).contains(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(findKeyed("ada")).isEmpty();

        keyed("~request-2");

        assertThat(listed("ada")).containsExactly("~request-2", "~request-1");
    }

    @Test
    void item_of_an_idempotency_key_is_not_a_request_and_not_listed() {
        keyed("~request-1");
        keyedBy("other", "~request-2");

        assertThat(listed("ada")).containsExactly("~request-2", "~request-1");
        assertThat(store.find(new RequestKey("ada", "#" + HASH))).isEmpty();
        assertThat(index.dueAt(now().plus(Duration.ofDays(1)), 10)).hasSize(2);
    }

    private Optional<Request> findKeyed(String owner) {
        var submission = new Submission("t", "{}", SubmissionOptions.NONE, Optional.of(HASH));
        return store.findSubmitted(new RequestKey(owner, "~request-9"), submission, now());
    }

    private Request keyed(String id) {
        return keyedBy(HASH, id);
    }

    private Request keyedBy(String idempotencyKey, String id) {
        var key = new RequestKey("ada", id);
        SubmitOutcome outcome =
                store.submit(
                        key,
                        new Submission(
                                "t", "{}", SubmissionOptions.NONE, Optional.of(idempotencyKey)),
                        now());
        assertThat(outcome).isInstanceOf(SubmitOutcome.Created.class);
        return outcome.request();
    }

    private List<String> listed(String owner) {
        var all = new ListQuery(owner, Set.of(), Set.of(), Set.of(), 100, Optional.empty());
        return store.list(all).requests().stream().map(it -> it.key().id()).toList();
    }

    @Test
    void an_expired_request_is_not_found_by_reads_and_writes() {
        submitted();
        Request cancelled = done(transitions.cancelIdle(stored(), now()));
        clock.advance(TIMING.retention().minusSeconds(1));
        assertThat(store.find(key)).contains(cancelled);
        assertThat(listed()).containsExactly(cancelled);
        assertThat(store.submit(key, new Submission("other", "[]"), now()))
                .isEqualTo(new SubmitOutcome.Conflict(cancelled));

        clock.advance(Duration.ofSeconds(1));

        assertThat(store.find(key)).isEmpty();
        assertThat(listed()).isEmpty();
        assertThat(store.apply(key, transitions.cancelIdle(cancelled, now())))
                .isEqualTo(new WriteOutcome.Refused(Optional.empty()));
    }

    @Test
    void the_id_of_an_expired_request_can_be_submitted_again() {
        submitted();
        Request cancelled = done(transitions.cancelIdle(stored(), now()));
        clock.advance(TIMING.retention());

        SubmitOutcome second = store.submit(key, new Submission("other", "[]"), now());

        assertThat(second).isInstanceOf(SubmitOutcome.Created.class);
        assertThat(store.find(key)).contains(second.request());
        assertThat(second.request().version()).isEqualTo(1);
        assertThat(second.request().life()).isNotNull().isNotEqualTo(cancelled.life());
        assertThat(second.request().expiresAt()).isNull();
        assertThat(store.submit(key, new Submission("other", "[]"), now()))
                .isEqualTo(new SubmitOutcome.Repeated(second.request()));
    }

    List<Request> listed() {
        return store.list(new ListQuery("ada", Set.of(), Set.of(), Set.of(), 10, Optional.empty()))
                .requests();
    }

    @Test
    void two_owners_can_use_the_same_id() {
        submitted();

        var other = store.submit(new RequestKey("bob", key.id()), new Submission("t", "{}"), now());

        assertThat(other).isInstanceOf(SubmitOutcome.Created.class);
    }

    @Test
    void claim_increases_fence_and_attempt_and_starts_the_first_step() {
        Request running = claimed();

        assertThat(running.status()).isEqualTo(Status.RUNNING);
        assertThat(running.fence()).isEqualTo(1);
        assertThat(running.attempt()).isEqualTo(1);
        assertThat(running.version()).isEqualTo(2);
        assertThat(running.steps())
                .extracting(StepState::status)
                .containsExactly(StepStatus.RUNNING, StepStatus.PENDING);
    }

    @Test
    void claim_keeps_the_due_time_if_it_is_close_to_the_end_of_the_lease() {
        Request request = submitted();
        clock.advance(Duration.ofSeconds(1));

        assertThat(done(claim(request)).dueAt()).isEqualTo(request.dueAt());
    }

    @Test
    void late_claim_moves_the_due_time_to_the_end_of_its_lease() {
        Request request = submitted();
        clock.advance(Duration.ofSeconds(50));

        assertThat(done(claim(request)).dueAt()).isEqualTo(now().plus(TIMING.lease()));
    }

    @Test
    void second_claim_of_the_same_request_is_refused() {
        Request request = submitted();
        Request running = done(claim(request));

        assertThat(claim(request)).isEqualTo(new WriteOutcome.Refused(Optional.of(running)));
    }

    @Test
    void claim_with_an_old_version_is_refused_even_if_the_request_is_accepted_again() {
        Request old = submitted();
        done(transitions.handBack(done(claim(old)), now()));

        assertThat(claim(old)).isInstanceOf(WriteOutcome.Refused.class);
    }

    @Test
    void claim_of_a_missing_request_is_refused_without_a_request() {
        Request request = submitted();
        Request missing = with(request, new RequestKey("ada", "missing-1"));

        assertThat(store.apply(missing.key(), transitions.claim(missing, STEPS, Set.of(), now())))
                .isEqualTo(new WriteOutcome.Refused(Optional.empty()));
    }

    @Test
    void request_with_too_many_attempts_is_not_offered_again_but_given_up() {
        Request request = submitted();
        for (int attempt = 1; attempt <= Request.MAX_ATTEMPTS; attempt++) {
            Request running = done(claim(request));
            assertThat(running.attempt()).isEqualTo(attempt);
            clock.advance(Duration.ofMinutes(2));
            request = attempt < Request.MAX_ATTEMPTS ? done(sweep(running)) : running;
        }

        assertThat(refused(sweep(request)).attempt()).isEqualTo(Request.MAX_ATTEMPTS);
        Request failed = done(transitions.giveUp(request, now()));
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.error()).extracting(RequestError::code).isEqualTo("attempts-exhausted");
        assertThat(failed.dueAt()).isNull();
    }

    @Test
    void giving_up_is_refused_while_attempts_are_left() {
        Request running = claimed();

        refused(transitions.giveUp(running, now()));
    }

    @Test
    void commit_stores_the_output_and_starts_the_next_step() {
        Request after = done(commit(claimed()));

        assertThat(after.steps().get(0).output()).isEqualTo("{\"n\":1}");
        assertThat(after.steps().get(1).status()).isEqualTo(StepStatus.RUNNING);
        assertThat(after.progress()).isEqualTo(new Progress(50, "two"));
        assertThat(after.nextStep()).isEqualTo(1);
    }

    @Test
    void worker_with_an_old_fence_cannot_write() {
        Request stale = claimed();
        clock.advance(Duration.ofMinutes(2));
        Request taken = done(claim(done(sweep(stale))));

        refused(commit(stale));
        refused(transitions.alive(stale, null, now()));
        refused(succeed(stale));
        refused(transitions.fail(stale, TRANSIENT, now()));
        refused(transitions.retryLater(stale, 3, TRANSIENT, now(), now()));
        refused(transitions.handBack(stale, now()));
        refused(transitions.stop(stale, now()));
        assertThat(store.find(key)).contains(taken);
    }

    @Test
    void worker_of_a_cancelled_request_can_only_stop_it() {
        Request running = claimed();
        done(transitions.cancelRunning(stored(), now()));

        assertThat(refused(commit(running)).cancelRequested()).isTrue();
        refused(transitions.alive(running, null, now()));
        refused(succeed(running));
        refused(transitions.fail(running, TRANSIENT, now()));
        refused(transitions.retryLater(running, 3, TRANSIENT, now(), now()));
        refused(transitions.handBack(running, now()));
        Request cancelled = done(transitions.stop(stored(), now()));
        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.expiresAt()).isEqualTo(now().plus(TIMING.retention()));
    }

    @Test
    void sign_of_life_extends_the_lease_once_a_third_of_it_has_passed() {
        Request running = claimed();
        clock.advance(Duration.ofSeconds(19));
        Request early = done(transitions.alive(running, new Progress(3, "x"), now()));
        clock.advance(Duration.ofSeconds(1));
        Request later = done(transitions.alive(early, null, now()));

        assertThat(early.dueAt()).isEqualTo(running.dueAt());
        assertThat(later.dueAt()).isEqualTo(now().plus(TIMING.lease()));
        assertThat(later.progress()).isEqualTo(new Progress(3, "x"));
    }

    @Test
    void succeeded_request_has_a_result_and_is_no_longer_due() {
        Request succeeded = done(succeed(done(commit(claimed()))));

        assertThat(succeeded.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(succeeded.result()).isEqualTo("{\"n\":2}");
        assertThat(succeeded.progress()).isNull();
        assertThat(succeeded.dueAt()).isNull();
        assertThat(succeeded.expiresAt()).isEqualTo(now().plus(TIMING.retention()));
        assertThat(index.unfinishedOf("ada", 10)).isZero();
        assertThat(index.dueAt(now().plus(Duration.ofDays(1)), 10)).isEmpty();
    }

    @Test
    void failure_marks_the_running_step() {
        Request failed = done(transitions.fail(done(commit(claimed())), TRANSIENT, now()));

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.steps())
                .extracting(StepState::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.FAILED);
        assertThat(failed.error()).isEqualTo(TRANSIENT);
    }

    @Test
    void request_is_retried_after_transient_failures_up_to_the_maximum() {
        Request request = submitted();
        for (int failures = 1; failures <= 2; failures++) {
            Request running = done(claim(request));
            Instant due = now().plusSeconds(5);
            Request retrying = done(transitions.retryLater(running, 2, TRANSIENT, due, now()));
            assertThat(retrying.status()).isEqualTo(Status.RETRYING);
            assertThat(retrying.failures()).isEqualTo(failures);
            assertThat(retrying.error()).isEqualTo(TRANSIENT);
            assertThat(retrying.dueAt()).isEqualTo(due);
            clock.advance(Duration.ofSeconds(6));
            request = done(sweep(retrying));
        }

        refused(transitions.retryLater(done(claim(request)), 2, TRANSIENT, now(), now()));
    }

    @Test
    void attempts_that_ended_with_a_failure_do_not_count_towards_giving_up() {
        Request request = submitted();
        for (int failures = 1; failures <= Request.MAX_ATTEMPTS; failures++) {
            Request running = done(claim(request));
            Request retrying = done(transitions.retryLater(running, 1000, TRANSIENT, now(), now()));
            clock.advance(Duration.ofSeconds(1));
            request = done(sweep(retrying));
        }

        assertThat(request.attempt()).isEqualTo(Request.MAX_ATTEMPTS);
        refused(transitions.giveUp(request, now()));
        for (int crashes = 1; crashes <= Request.MAX_ATTEMPTS; crashes++) {
            Request running = done(claim(request));
            clock.advance(Duration.ofMinutes(2));
            request = crashes < Request.MAX_ATTEMPTS ? done(sweep(running)) : running;
        }
        refused(sweep(request));
        assertThat(done(transitions.giveUp(request, now())).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void commit_starts_the_count_of_attempts_and_failures_for_the_next_step() {
        Request retrying = done(transitions.retryLater(claimed(), 2, TRANSIENT, now(), now()));
        clock.advance(Duration.ofSeconds(1));
        Request again = done(claim(done(sweep(retrying))));
        assertThat(again.attempt()).isEqualTo(2);

        Request next = done(commit(again));

        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.failures()).isZero();
    }

    @Test
    void hand_back_does_not_count_as_an_attempt() {
        Request back = done(transitions.handBack(done(commit(claimed())), now()));

        assertThat(back.status()).isEqualTo(Status.ACCEPTED);
        assertThat(back.attempt()).isZero();
        assertThat(back.fence()).isEqualTo(2);
        assertThat(back.steps().get(0).done()).isTrue();
    }

    @Test
    void sweep_is_refused_if_a_worker_has_written_since() {
        Request running = claimed();
        clock.advance(Duration.ofSeconds(30));
        Request alive = done(transitions.alive(running, null, now()));

        refused(transitions.sweep(running, now()));
        assertThat(store.find(key)).contains(alive);
    }

    @Test
    void sweep_offers_again_and_increases_the_fence() {
        Request swept = done(sweep(claimed()));

        assertThat(swept.status()).isEqualTo(Status.ACCEPTED);
        assertThat(swept.fence()).isEqualTo(2);
        assertThat(swept.attempt()).isEqualTo(1);
        assertThat(swept.dueAt()).isEqualTo(now().plus(TIMING.startGrace()));
    }

    @Test
    void sweep_of_a_cancelled_request_is_refused() {
        claimed();
        done(transitions.cancelRunning(stored(), now()));

        assertThat(refused(sweep(stored())).cancelRequested()).isTrue();
        Request cancelled = done(transitions.cancelAbandoned(stored(), now()));
        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void cancel_ends_an_idle_request_at_once() {
        submitted();
        Request cancelled = done(transitions.cancelIdle(stored(), now()));

        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.fence()).isEqualTo(1);
        assertThat(cancelled.dueAt()).isNull();
        refused(transitions.cancelIdle(stored(), now()));
        refused(transitions.cancelRunning(stored(), now()));
    }

    @Test
    void cancel_of_a_running_request_only_sets_the_flag_and_only_once() {
        Request running = claimed();
        refused(transitions.cancelIdle(stored(), now()));
        Request asked = done(transitions.cancelRunning(stored(), now()));

        assertThat(asked.status()).isEqualTo(Status.RUNNING);
        assertThat(asked.fence()).isEqualTo(running.fence());
        assertThat(asked.cancelRequested()).isTrue();
        refused(transitions.cancelRunning(stored(), now()));
    }

    @Test
    void retry_keeps_finished_steps_and_resets_the_rest() {
        Request failed = done(transitions.fail(done(commit(claimed())), TRANSIENT, now()));
        Request again = done(transitions.retry(stored(), now()));

        assertThat(again.status()).isEqualTo(Status.ACCEPTED);
        assertThat(again.fence()).isEqualTo(failed.fence() + 1);
        assertThat(again.attempt()).isZero();
        assertThat(again.failures()).isZero();
        assertThat(again.error()).isNull();
        assertThat(again.expiresAt()).isNull();
        assertThat(again.dueAt()).isEqualTo(now().plus(TIMING.startGrace()));
        Request running = done(claim(again));
        assertThat(running.nextStep()).isEqualTo(1);
        assertThat(running.steps().get(0).output()).isEqualTo("{\"n\":1}");
    }

    @Test
    void retry_of_a_cancelled_request_resets_the_flag() {
        claimed();
        done(transitions.cancelRunning(stored(), now()));
        done(transitions.stop(stored(), now()));

        assertThat(done(transitions.retry(stored(), now())).cancelRequested()).isFalse();
    }

    @Test
    void retry_of_an_unfinished_or_succeeded_request_is_refused() {
        Request request = submitted();
        refused(transitions.retry(stored(), now()));
        Request running = done(claim(request));
        refused(transitions.retry(stored(), now()));
        done(succeed(done(commit(running))));
        refused(transitions.retry(stored(), now()));
    }

    @Test
    void every_write_increases_the_version_by_one() {
        Request running = claimed();
        Request committed = done(commit(running));
        Request succeeded = done(succeed(committed));

        assertThat(List.of(running.version(), committed.version(), succeeded.version()))
                .containsExactly(2L, 3L, 4L);
    }

    @Test
    void only_overdue_requests_are_found() {
        submitted();

        assertThat(index.dueAt(now(), 10)).isEmpty();
        assertThat(index.dueAt(now().plus(TIMING.startGrace()), 10))
                .containsExactly(new DueRequest(key, now().plus(TIMING.startGrace())));
        assertThat(index.unfinishedOf("ada", 10)).isEqualTo(1);
        assertThat(index.unfinishedOf("bob", 10)).isZero();
    }

    @Test
    void longest_overdue_requests_are_found_first() {
        List<String> ids = List.of("longest-a", "second-b", "third-aa", "fourth-d", "fifth-cc");
        for (String id : ids) {
            store.submit(new RequestKey("ada", id), new Submission("t", "{}"), now());
            clock.advance(Duration.ofSeconds(1));
        }

        List<DueRequest> due = index.dueAt(now().plus(TIMING.startGrace()), 2);

        assertThat(due).extracting(found -> found.key().id()).containsExactlyElementsOf(ids);
    }

    @Test
    void late_write_of_an_older_version_has_no_effect() {
        Request running = claimed();
        Transition first = commit(running);
        Transition heartbeat = transitions.alive(running, null, now());
        Request committed = done(first);

        refused(heartbeat);
        refused(commit(running));
        assertThat(store.find(key)).contains(committed);
    }

    @Test
    void cancel_that_was_sent_before_the_users_retry_does_not_cancel_the_retried_request() {
        Request request = submitted();
        Transition late = transitions.cancelIdle(request, now());
        done(transitions.cancelIdle(request, now()));
        Request retried = done(transitions.retry(stored(), now()));

        refused(late);
        assertThat(store.find(key)).contains(retried);
    }

    @Test
    void retry_whose_response_was_lost_is_not_executed_twice() {
        Request failed = done(transitions.fail(claimed(), TRANSIENT, now()));
        Transition retry = transitions.retry(failed, now());
        done(retry);
        done(transitions.fail(done(claim(stored())), TRANSIENT, now()));

        WriteOutcome again = store.apply(key, retry);

        assertThat(again).isEqualTo(new WriteOutcome.Done(stored()));
        assertThat(stored().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void write_to_a_request_that_had_the_id_before_has_no_effect() {
        Request other =
                store.submit(new RequestKey("ada", "another-id"), new Submission("t", "{}"), now())
                        .request();
        submitted();

        refused(transitions.cancelIdle(other, now()));
        refused(transitions.claim(other, STEPS, Set.of(), now()));
        refused(transitions.sweep(other, now()));
    }

    @Test
    void sharing_changes_nothing_that_orders_or_shows_the_request() {
        Request running = claimed();
        clock.advance(Duration.ofSeconds(1));

        Request shared = done(transitions.share(running));

        assertThat(shared.shared()).isTrue();
        assertThat(shared.version()).isEqualTo(running.version());
        assertThat(shared.updatedAt()).isEqualTo(running.updatedAt());
        assertThat(shared.life()).isEqualTo(running.life());
        assertThat(shared.history()).isEqualTo(running.history());
        assertThat(shared.dueAt()).isEqualTo(running.dueAt());
        assertThat(stored()).isEqualTo(shared);
    }

    @Test
    void worker_keeps_a_request_that_is_shared_and_the_request_stays_shared() {
        Request running = claimed();
        done(transitions.share(running));

        Request committed = done(commit(running));
        Request succeeded = done(succeed(committed));

        assertThat(succeeded.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(succeeded.shared()).isTrue();
    }

    @Test
    void request_is_shared_whatever_has_been_written_since_it_was_read() {
        Request seen = submitted();
        done(claim(seen));

        assertThat(done(transitions.share(seen)).version()).isEqualTo(2);
        assertThat(done(transitions.share(seen))).isEqualTo(stored());
    }

    @Test
    void request_that_had_the_id_before_is_not_shared() {
        Request seen = submitted();
        Request cancelled = done(transitions.cancelIdle(seen, now()));
        store.delete(key, Transitions.deletable(cancelled));
        assertThat(store.apply(key, transitions.share(seen)))
                .isEqualTo(new WriteOutcome.Refused(Optional.empty()));
        Request next = submitted();

        assertThat(refused(transitions.share(seen))).isEqualTo(next);
        assertThat(stored().shared()).isFalse();
    }

    @Test
    void hand_back_without_a_finished_step_counts_as_an_attempt() {
        Request back = done(transitions.handBackUnfinished(claimed(), now()));

        assertThat(back.status()).isEqualTo(Status.ACCEPTED);
        assertThat(back.attempt()).isEqualTo(1);
        assertThat(back.fence()).isEqualTo(2);
    }

    @Test
    void refused_request_fails_without_a_claim() {
        Request failed = done(transitions.refuse(submitted(), TRANSIENT, now()));

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.error()).isEqualTo(TRANSIENT);
        assertThat(failed.attempt()).isZero();
        assertThat(failed.dueAt()).isNull();
        assertThat(done(transitions.retry(failed, now())).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void list_contains_only_the_owners_requests_newest_first_in_pages() {
        submit("ada", 7);
        submit("bob", 3);

        RequestPage first = store.list(list(3, Optional.empty()));
        RequestPage second = store.list(list(3, first.next()));
        RequestPage third = store.list(list(3, second.next()));

        assertThat(ids(first)).containsExactly("request-7", "request-6", "request-5");
        assertThat(ids(second)).containsExactly("request-4", "request-3", "request-2");
        assertThat(ids(third)).containsExactly("request-1");
        assertThat(third.next()).isEmpty();
    }

    @Test
    void filtered_list_has_full_pages_and_no_gaps() {
        submit("ada", 9);
        for (int n : List.of(2, 4, 6, 8)) {
            var id = new RequestKey("ada", "request-" + n);
            store.apply(id, transitions.cancelIdle(store.find(id).orElseThrow(), now()));
        }

        RequestPage first = store.list(cancelled(3, Optional.empty()));
        RequestPage second = store.list(cancelled(3, first.next()));

        assertThat(ids(first)).containsExactly("request-8", "request-6", "request-4");
        assertThat(ids(second)).containsExactly("request-2");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void list_by_type_contains_only_that_type() {
        submit("ada", 2);
        store.submit(new RequestKey("ada", "request-3"), new Submission("other", "{}"), now());

        RequestPage page =
                store.list(
                        new ListQuery(
                                "ada", Set.of(), Set.of("other"), Set.of(), 10, Optional.empty()));

        assertThat(ids(page)).containsExactly("request-3");
    }

    private void submit(String owner, int count) {
        IntStream.rangeClosed(1, count)
                .mapToObj(n -> new RequestKey(owner, "request-" + n))
                .forEach(id -> store.submit(id, new Submission("t", "{}"), now()));
    }

    private static ListQuery list(int limit, Optional<String> before) {
        return new ListQuery("ada", Set.of(), Set.of(), Set.of(), limit, before);
    }

    @Test
    void list_is_filtered_by_any_of_the_tags() {
        submitTagged("request-1", List.of("a", "b"));
        submitTagged("request-2", List.of("c"));
        submitTagged("request-3", List.of());
        submitTagged("request-4", List.of("ab"));

        assertThat(ids(store.list(tagged("a")))).containsExactly("request-1");
        assertThat(ids(store.list(tagged("b", "c")))).containsExactly("request-2", "request-1");
        assertThat(ids(store.list(tagged("d")))).isEmpty();
    }

    private void submitTagged(String id, List<String> tags) {
        var options = SubmissionOptions.NONE.withTags(tags);
        store.submit(
                new RequestKey("ada", id),
                new Submission("t", "{}", options, Optional.empty()),
                now());
    }

    private static ListQuery tagged(String... tags) {
        return new ListQuery("ada", Set.of(), Set.of(), Set.of(tags), 10, Optional.empty());
    }

    @Test
    void submission_with_other_options_is_a_conflict() {
        Instant later = now().plusSeconds(60);
        var options =
                SubmissionOptions.NONE
                        .withNotBefore(later)
                        .withNotAfter(later.plusSeconds(9))
                        .withTags(List.of("a", "b"));
        var submission = new Submission("t", "{}", options, Optional.empty());
        Request scheduled = store.submit(key, submission, now()).request();

        assertThat(scheduled.status()).isEqualTo(Status.SCHEDULED);
        assertThat(scheduled.dueAt()).isEqualTo(later);
        assertThat(store.find(key)).contains(scheduled);
        assertThat(store.submit(key, submission, now()))
                .isEqualTo(new SubmitOutcome.Repeated(scheduled));
        assertThat(store.submit(key, new Submission("t", "{}"), now()))
                .isEqualTo(new SubmitOutcome.Conflict(scheduled));
    }

    @Test
    void finished_request_is_deleted_and_its_id_can_be_used_again() {
        Request first = submitted();
        Request cancelled = done(transitions.cancelIdle(first, now()));

        assertThat(store.delete(key, Transitions.deletable(cancelled))).isEmpty();
        assertThat(store.find(key)).isEmpty();
        assertThat(store.delete(key, Transitions.deletable(cancelled))).isEmpty();
        Request second = submitted();
        assertThat(second.life()).isNotEqualTo(first.life());
        assertThat(store.delete(key, Transitions.deletable(cancelled))).contains(second);
    }

    @Test
    void request_that_is_unfinished_or_has_changed_is_not_deleted() {
        Request seen = submitted();

        assertThat(store.delete(key, Transitions.deletable(seen))).contains(seen);
        Request cancelled = done(transitions.cancelIdle(seen, now()));
        assertThat(store.delete(key, Transitions.deletable(seen))).contains(cancelled);
        assertThat(store.find(key)).contains(cancelled);
    }

    private static ListQuery cancelled(int limit, Optional<String> before) {
        return new ListQuery("ada", Set.of(Status.CANCELLED), Set.of(), Set.of(), limit, before);
    }

    private static List<String> ids(RequestPage page) {
        return page.requests().stream().map(request -> request.key().id()).toList();
    }

    private Request stored() {
        return store.find(key).orElseThrow();
    }

    private Request submitted() {
        return store.submit(key, new Submission("t", "{\"a\":1}"), now()).request();
    }

    private Request claimed() {
        return done(claim(submitted()));
    }

    private WriteOutcome claim(Request seen) {
        return store.apply(key, transitions.claim(seen, STEPS, Set.of(), now()));
    }

    private Transition commit(Request held) {
        StepState first = held.steps().getFirst().succeeded("{\"n\":1}", now());
        return transitions.commitStep(held, 0, first, new Progress(50, "two"), now());
    }

    private Transition succeed(Request held) {
        return transitions.succeed(
                held,
                held.steps().size() - 1,
                held.steps().getLast().succeeded("{\"n\":2}", now()),
                "{\"n\":2}",
                now());
    }

    private Transition sweep(Request seen) {
        return transitions.sweep(seen, now());
    }

    private Request done(Transition transition) {
        return done(store.apply(key, transition));
    }

    private static Request done(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
        return ((WriteOutcome.Done) outcome).request();
    }

    private Request refused(Transition transition) {
        WriteOutcome outcome = store.apply(key, transition);
        assertThat(outcome).isInstanceOf(WriteOutcome.Refused.class);
        return ((WriteOutcome.Refused) outcome).current().orElseThrow();
    }

    private static Request with(Request r, RequestKey key) {
        return new Request(
                key,
                r.life(),
                r.format(),
                r.type(),
                r.input(),
                r.options(),
                r.status(),
                r.statusText(),
                r.version(),
                r.fence(),
                r.attempt(),
                r.failures(),
                r.steps(),
                r.progress(),
                r.waitingFor(),
                r.undoing(),
                r.result(),
                r.error(),
                r.cancelRequested(),
                r.shared(),
                r.createdAt(),
                r.updatedAt(),
                r.dueAt(),
                r.expiresAt(),
                r.typeUnknownSince(),
                r.history());
    }

    private Instant now() {
        return clock.instant();
    }
}
