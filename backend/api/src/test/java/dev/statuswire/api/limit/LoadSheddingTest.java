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

    /** The first, those after it, and after a quarter of a second one more. */
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

    private void look() {
        clock.advance(Duration.ofMillis(100));
        loadShedding.isTooLong("ada");
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    /** Work goes on: all were begun. */
    private void seeAllBegun() {
        acceptMany();
        store.begun.addAll(List.of(FIRST, SECOND));
        look();
        store.begun.clear();
    }

    private void waitFor(Duration time) {
        clock.advance(time);
        look();
    }

    @Test
    void what_waits_for_half_a_second_with_many_behind_it_is_a_backlog() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofMillis(150));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        waitFor(Duration.ofMillis(1));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    /** The system is overloaded; before that, each owner had this many requests accepted. */
    private void overloadBy(Map<String, Integer> owners) {
        seeAllBegun();
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
        seeAllBegun();
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
        store.begun.add(FIRST);
        look();
        store.begun.add(new RequestKey("ada", "some-request"));
        look();
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
    void what_was_not_seen_to_wait_is_no_backlog_however_long_ago_it_was_accepted() {
        seeAllBegun();
        acceptMany();
        clock.advance(Duration.ofSeconds(5));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void what_was_seen_to_wait_before_a_lull_refuses_nobody_after_it() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void where_few_came_nobody_looks() {
        seeAllBegun();
        accept(50, "quick", FIRST);
        clock.advance(Duration.ofSeconds(5));
        loadShedding.isTooLong("ada");
        assertThat(background).isEmpty();
    }

    @Test
    void few_that_wait_are_none_since_a_function_may_have_to_start_first() {
        seeAllBegun();
        accept(50, "quick", FIRST);
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void once_the_watched_one_is_begun_the_next_is_watched() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.begun.add(FIRST);
        look();
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        store.begun.clear();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    @Test
    void once_the_watched_one_is_begun_the_second_has_waited_for_as_long_as_it_has() {
        seeAllBegun();
        acceptMany();
        store.begun.add(FIRST);
        waitFor(Duration.ofMillis(100));
        clock.advance(Duration.ofMillis(100));
        accept(50, "quick", THIRD);
        waitFor(Duration.ofMillis(100));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
        waitFor(Duration.ofMillis(1));
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    @Test
    void where_a_later_one_was_begun_the_first_is_only_unlucky() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.begun.add(SECOND);
        look();
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void where_nothing_is_begun_for_ten_seconds_it_is_an_outage_and_requests_are_taken() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(10));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void where_nothing_was_ever_begun_requests_are_taken() {
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void where_nothing_was_ever_begun_requests_are_taken_in_the_first_seconds_of_a_process() {
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
    void slow_work_is_not_watched() {
        accept(100, "slow", FIRST);
        waitFor(Duration.ofSeconds(1));
        assertThat(loadShedding.isTooLong("ada")).isFalse();
    }

    @Test
    void it_is_looked_at_ten_times_a_second_at_most() {
        seeAllBegun();
        acceptMany();
        loadShedding.isTooLong("ada");
        loadShedding.isTooLong("ada");
        assertThat(background).hasSize(1);
        clock.advance(Duration.ofMillis(100));
        loadShedding.isTooLong("ada");
        assertThat(background).hasSize(2);
    }

    @Test
    void a_look_that_failed_leaves_things_as_they_are() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.isBroken = true;
        look();
        assertThat(loadShedding.isTooLong("ada")).isTrue();
    }

    /** A store in which everything waits that was not begun. */
    private static final class Waiting implements RequestStore {

        private final Set<RequestKey> begun = new HashSet<>();
        private boolean isBroken;

        @Override
        public Optional<Request> find(RequestKey key) {
            if (isBroken) {
                throw new StoreException("read", new IllegalStateException("on purpose"));
            }
            return begun.contains(key) ? Optional.empty() : Optional.of(request("quick", key));
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
        public WriteOutcome apply(RequestKey key, Transition transition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RequestPage list(ListQuery query) {
            throw new UnsupportedOperationException();
        }
    }
}
