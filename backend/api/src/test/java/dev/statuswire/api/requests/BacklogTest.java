package dev.statuswire.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.Submission;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BacklogTest {

    private static final RequestKey FIRST = new RequestKey("ada", "request-1");
    private static final RequestKey SECOND = new RequestKey("ada", "request-2");
    private static final RequestKey THIRD = new RequestKey("ada", "request-3");

    private final ManualClock clock = new ManualClock();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Waiting store = new Waiting();
    private final Backlog backlog =
            new Backlog(store, type -> type.equals("quick"), clock, background::add);

    /** The first, those after it, and after a quarter of a second one more. */
    private void acceptMany() {
        accept(50, "quick", FIRST);
        clock.advance(Duration.ofMillis(250));
        accept(1, "quick", SECOND);
    }

    private void accept(int number, String type, RequestKey key) {
        for (int i = 0; i < number; i++) {
            backlog.accepted(request(type, key));
        }
    }

    private static Request request(String type, RequestKey key) {
        return Item.read(
                        new Transitions(Timing.DEFAULT)
                                .submit(key, type, "{}", Instant.parse("2026-11-21T10:00:00Z")))
                .orElseThrow();
    }

    private void look() {
        clock.advance(Duration.ofMillis(100));
        backlog.isTooLong();
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
        assertThat(backlog.isTooLong()).isFalse();
        waitFor(Duration.ofMillis(1));
        assertThat(backlog.isTooLong()).isTrue();
    }

    @Test
    void what_was_not_seen_to_wait_is_no_backlog_however_long_ago_it_was_accepted() {
        seeAllBegun();
        acceptMany();
        clock.advance(Duration.ofSeconds(5));
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void what_was_seen_to_wait_before_a_lull_refuses_nobody_after_it() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void where_few_came_nobody_looks() {
        seeAllBegun();
        accept(50, "quick", FIRST);
        clock.advance(Duration.ofSeconds(5));
        backlog.isTooLong();
        assertThat(background).isEmpty();
    }

    @Test
    void few_that_wait_are_none_since_a_function_may_have_to_start_first() {
        seeAllBegun();
        accept(50, "quick", FIRST);
        waitFor(Duration.ofSeconds(1));
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void once_the_watched_one_is_begun_the_next_is_watched() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.begun.add(FIRST);
        look();
        assertThat(backlog.isTooLong()).isFalse();
        store.begun.clear();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        assertThat(backlog.isTooLong()).isTrue();
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
        assertThat(backlog.isTooLong()).isFalse();
        waitFor(Duration.ofMillis(1));
        assertThat(backlog.isTooLong()).isTrue();
    }

    @Test
    void where_a_later_one_was_begun_the_first_is_only_unlucky() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.begun.add(SECOND);
        look();
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void where_nothing_is_begun_for_ten_seconds_it_is_an_outage_and_requests_are_taken() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(10));
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void where_nothing_was_ever_begun_requests_are_taken() {
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void slow_work_is_not_watched() {
        accept(100, "slow", FIRST);
        waitFor(Duration.ofSeconds(1));
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void it_is_looked_at_ten_times_a_second_at_most() {
        seeAllBegun();
        acceptMany();
        backlog.isTooLong();
        backlog.isTooLong();
        assertThat(background).hasSize(1);
        clock.advance(Duration.ofMillis(100));
        backlog.isTooLong();
        assertThat(background).hasSize(2);
    }

    @Test
    void a_look_that_failed_leaves_things_as_they_are() {
        seeAllBegun();
        acceptMany();
        waitFor(Duration.ofSeconds(1));
        store.isBroken = true;
        look();
        assertThat(backlog.isTooLong()).isTrue();
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
        public Submission submit(RequestKey key, String type, String input, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome apply(RequestKey key, Transition transition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RequestPage list(ListQuery query) {
            throw new UnsupportedOperationException();
        }
    }
}
