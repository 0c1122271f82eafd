package dev.statuswire.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.SubmitOutcome;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoadSheddingTest {

    private static final RequestKey FIRST = new RequestKey("ada", "request-1");
    private static final RequestKey SECOND = new RequestKey("ada", "request-2");
    private static final RequestKey THIRD = new RequestKey("ada", "request-3");

    private final ManualClock clock = new ManualClock();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Waiting store = new Waiting();
    private final LoadShedding loadShedding =
            new LoadShedding(store, type -> type.equals("quick"), clock, background::add);

    /** Accepts a request and those after it, and one more after a quarter of a second. */
    private void acceptMany() {
        accept(50, "quick", FIRST);
        clock.advance(Duration.ofMillis(250));
        accept(1, "quick", SECOND);
    }

    private void accept(int number, String type, RequestKey key) {
        for (int i = 0; i < number; i++) {
            loadShedding.accepted(request(type, key));
        }
    }

    private static Request request(String type, RequestKey key) {
        return Item.read(
                        new Transitions(TransitionTiming.DEFAULT)
                                .submit(
                                        key,
                                        new Submission(type, "{}"),
                                        Instant.parse("2026-11-21T10:00:00Z")))
                .orElseThrow();
    }

    private void readDatabase() {
        clock.advance(Duration.ofMillis(100));
        loadShedding.isTooLong("ada");
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    /** Lets the load shedding see that all requests were claimed. */
    private void seeAllClaimed() {
        acceptMany();
        store.claimed.addAll(List.of(FIRST, SECOND));
        readDatabase();
        store.claimed.clear();
    }

    private void waitFor(Duration time) {
        clock.advance(time);
        readDatabase();
    }

    @Test
    void a_request_that_waits_half_a_second_with_many_behind_it_means_overload() {
        seeAllClaimed();
        acceptMany();
        waitFor(Duration.ofMillis(150));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        waitFor(Duration.ofMillis(1));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    /** Overloads the system, after each owner had this many requests accepted. */
    private void overloadBy(Map<String, Integer> owners) {
        seeAllClaimed();
        accept(1, "quick", FIRST);
        clock.advance(Duration.ofMillis(250));
        owners.forEach(
                (owner, number) -> accept(number, "quick", new RequestKey(owner, "some-request")));
        waitFor(Duration.ofMillis(251));
    }

    private static Map<String, Integer> owners(int number, int requestsOfEach) {
        var owners = new LinkedHashMap<String, Integer>();
        IntStream.range(0, number).forEach(i -> owners.put("owner-" + i, requestsOfEach));
        return owners;
    }

    private long refused(Map<String, Integer> owners) {
        return owners.keySet().stream().filter(loadShedding::isTooLong).count();
    }

    @Test
    void an_owner_who_floods_the_system_is_refused_and_other_owners_are_admitted() {
        overloadBy(Map.of("ada", 1000, "bob", 20));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
        assertThat(loadShedding.isTooLong("bob")).isFalse();
        assertThat(loadShedding.isTooLong("newcomer")).isFalse();
    }

    @Test
    void many_owners_who_flood_the_system_equally_are_all_refused() {
        var owners = owners(100, 10);
        overloadBy(owners);
        assertThat(refused(owners)).isEqualTo(100);
        assertThat(loadShedding.isTooLong("newcomer")).isFalse();
    }

    @Test
    void of_many_owners_who_flood_the_system_those_above_the_average_are_refused() {
        var owners = owners(50, 10);
        IntStream.range(50, 100).forEach(i -> owners.put("owner-" + i, 12));
        overloadBy(owners);
        assertThat(refused(owners)).isEqualTo(50);
        assertThat(loadShedding.isTooLong("owner-0")).isFalse();
        assertThat(loadShedding.isTooLong("owner-99")).isTrue();
    }

    @Test
    void an_owner_with_five_requests_is_admitted_even_if_the_others_have_fewer() {
        var owners = owners(100, 1);
        owners.put("bob", 5);
        owners.put("eve", 6);
        overloadBy(owners);
        assertThat(refused(owners)).isEqualTo(1);
        assertThat(loadShedding.isTooLong("eve")).isTrue();
    }

    @Test
    void slow_requests_count_towards_an_owners_share() {
        seeAllClaimed();
        accept(1, "quick", FIRST);
        clock.advance(Duration.ofMillis(250));
        accept(1, "quick", SECOND);
        accept(100, "slow", new RequestKey("bob", "slow-request"));
        waitFor(Duration.ofMillis(251));
        assertThat(loadShedding.isTooLong("bob")).isTrue();
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void an_owner_who_stops_flooding_the_system_is_admitted_once_the_next_one_is_watched() {
        overloadBy(Map.of("ada", 1000));
        var bob = new RequestKey("bob", "request-1");
        accept(100, "quick", bob);
        store.claimed.add(FIRST);
        readDatabase();
        store.claimed.add(new RequestKey("ada", "some-request"));
        readDatabase();
        clock.advance(Duration.ofMillis(250));
        accept(100, "quick", bob);
        clock.advance(Duration.ofMillis(250));
        accept(1, "quick", bob);
        waitFor(Duration.ofMillis(251));
        assertThat(loadShedding.isTooLong("bob")).isTrue();
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void owners_beyond_ten_thousand_push_out_the_owner_seen_the_longest_ago() {
        overloadBy(Map.of("ada", 1000));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
        accept(6, "quick", new RequestKey("bob", "some-request"));
        for (String owner : owners(9_998, 1).keySet()) {
            accept(1, "quick", new RequestKey(owner, "some-request"));
        }
        assertThat(loadShedding.isTooLong("ada")).isTrue();
        assertThat(loadShedding.isTooLong("bob")).isTrue();
        accept(9_999, "quick", new RequestKey("eve", "some-request"));
        for (String owner : owners(9_999, 1).keySet()) {
            accept(1, "quick", new RequestKey(owner, "some-request"));
        }
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        assertThat(loadShedding.isTooLong("bob")).isFalse();
        assertThat(loadShedding.isTooLong("eve")).isTrue();
    }

    @Test
    void a_request_that_was_not_seen_waiting_does_not_mean_overload() {
        seeAllClaimed();
        acceptMany();
        clock.advance(Duration.ofSeconds(5));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void a_request_that_was_seen_waiting_before_a_lull_means_no_overload_after_it() {
        seeAllClaimed();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void the_database_is_not_read_if_few_requests_arrived() {
        seeAllClaimed();
        accept(50, "quick", FIRST);
        clock.advance(Duration.ofSeconds(5));
        loadShedding.isTooLong("ada");
        assertThat(background).isEmpty();
    }

    @Test
    void a_few_waiting_requests_mean_no_overload_because_a_function_may_be_starting() {
        seeAllClaimed();
        accept(50, "quick", FIRST);
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void once_the_watched_request_is_claimed_the_next_one_is_watched() {
        seeAllClaimed();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.claimed.add(FIRST);
        readDatabase();
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        store.claimed.clear();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    @Test
    void once_the_watched_request_is_claimed_the_second_one_keeps_its_waiting_time() {
        seeAllClaimed();
        acceptMany();
        store.claimed.add(FIRST);
        waitFor(Duration.ofMillis(100));
        clock.advance(Duration.ofMillis(100));
        accept(50, "quick", THIRD);
        waitFor(Duration.ofMillis(100));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        waitFor(Duration.ofMillis(1));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    @Test
    void if_the_second_request_was_claimed_the_first_one_is_an_outlier() {
        seeAllClaimed();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.claimed.add(SECOND);
        readDatabase();
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void if_no_request_is_claimed_for_ten_seconds_it_is_an_outage_and_requests_are_accepted() {
        seeAllClaimed();
        acceptMany();
        waitFor(Duration.ofSeconds(10));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void if_no_request_was_ever_claimed_requests_are_accepted() {
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void if_no_request_was_ever_claimed_requests_are_accepted_in_the_first_seconds_of_a_process() {
        var time = new AtomicReference<>(Instant.EPOCH);
        var young = new LoadShedding(store, type -> true, time::get, Runnable::run);
        young.accepted(request("quick", FIRST));
        for (int i = 0; i < 100; i++) {
            time.updateAndGet(now -> now.plusMillis(50));
            assertThat(young.isTooLong("ada")).isFalse();
            young.accepted(request("quick", SECOND));
        }
    }

    @Test
    void slow_requests_are_not_watched() {
        accept(100, "slow", FIRST);
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void the_database_is_read_at_most_ten_times_a_second() {
        seeAllClaimed();
        acceptMany();
        loadShedding.isTooLong("ada");
        loadShedding.isTooLong("ada");
        assertThat(background).hasSize(1);
        clock.advance(Duration.ofMillis(100));
        loadShedding.isTooLong("ada");
        assertThat(background).hasSize(2);
    }

    @Test
    void a_failed_read_changes_nothing() {
        seeAllClaimed();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.isBroken = true;
        readDatabase();
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    /** A store in which every request is waiting unless it was claimed. */
    private static final class Waiting implements RequestStore {

        private final Set<RequestKey> claimed = new HashSet<>();
        private boolean isBroken;

        @Override
        public Optional<Request> find(RequestKey key) {
            if (isBroken) {
                throw new StoreException("read", new IllegalStateException("on purpose"));
            }
            return claimed.contains(key) ? Optional.empty() : Optional.of(request("quick", key));
        }

        @Override
        public SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Request> delete(RequestKey key, Condition condition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public WriteOutcome apply(RequestKey key, Transition transition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RequestPage list(ListQuery query) {
            throw new UnsupportedOperationException();
        }
    }
}
