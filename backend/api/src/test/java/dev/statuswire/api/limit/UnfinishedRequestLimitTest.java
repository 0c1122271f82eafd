package dev.statuswire.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class UnfinishedRequestLimitTest {

    private final ManualClock clock = new ManualClock();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Index index = new Index();
    private final UnfinishedRequestLimit load =
            new UnfinishedRequestLimit(index, 10, clock, background::add);

    private void add(int number) {
        for (int i = 0; i < number; i++) {
            load.admits("ada");
            load.add("ada");
        }
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    /** Advances the clock by the minimum time between two counts, so that a new count may start. */
    private boolean admitsASecondLater() {
        clock.advance(Duration.ofSeconds(1));
        return load.admits("ada");
    }

    @Test
    void an_owner_may_submit_up_to_the_limit() {
        add(9);
        assertThat(load.admits("ada")).isTrue();
        add(1);
        assertThat(load.admits("ada")).isFalse();
        assertThat(load.admits("bob")).isTrue();
    }

    @Test
    void below_half_the_limit_no_count_starts() {
        add(5);
        assertThat(load.admits("ada")).isTrue();
        assertThat(background).isEmpty();
    }

    @Test
    void below_half_a_large_limit_a_count_starts_after_every_hundred_requests() {
        var large = new UnfinishedRequestLimit(index, 5_000, clock, background::add);
        for (int i = 0; i < 100; i++) {
            assertThat(large.admits("ada")).isTrue();
            assertThat(background).isEmpty();
            large.add("ada");
        }
        large.admits("ada");
        assertThat(background).hasSize(1);
        index.unfinished = 5_000;
        runBackground();
        assertThat(large.admits("ada")).isFalse();
    }

    @Test
    void above_half_the_limit_a_count_starts_once_a_second() {
        add(10);
        index.unfinished = 10;
        assertThat(background).hasSize(1);
        runBackground();
        clock.advance(Duration.ofMillis(999));
        load.admits("ada");
        assertThat(background).isEmpty();
        clock.advance(Duration.ofMillis(1));
        load.admits("ada");
        assertThat(background).hasSize(1);
    }

    @Test
    void the_result_of_a_count_replaces_the_estimate() {
        add(10);
        index.unfinished = 2;
        runBackground();
        assertThat(load.admits("ada")).isTrue();
        add(7);
        assertThat(load.admits("ada")).isTrue();
        add(1);
        assertThat(load.admits("ada")).isFalse();
    }

    @Test
    void requests_added_during_a_count_are_not_lost() {
        add(6);
        load.admits("ada");
        index.unfinished = 6;
        index.meanwhile = () -> add(4);
        runBackground();
        assertThat(load.admits("ada")).isFalse();
    }

    @Test
    void requests_added_during_a_slow_count_stay_in_the_estimate_whenever_counts_start_and_end() {
        add(6);
        load.admits("ada");
        index.unfinished = 6;
        index.meanwhile =
                () -> {
                    index.meanwhile = () -> {};
                    add(2);
                    admitsASecondLater();
                    runBackground();
                    add(2);
                };
        runBackground();
        assertThat(load.admits("ada")).isFalse();
        assertThat(admitsASecondLater()).isFalse();
        index.unfinished = 9;
        runBackground();
        assertThat(load.admits("ada")).isTrue();
    }

    @Test
    void while_a_count_of_an_owner_runs_no_other_count_of_that_owner_starts() {
        add(10);
        admitsASecondLater();
        assertThat(background).hasSize(1);
        index.unfinished = 10;
        runBackground();
        admitsASecondLater();
        assertThat(background).hasSize(1);
    }

    @Test
    void an_owner_is_counted_in_the_first_second_of_a_process() {
        var young = new UnfinishedRequestLimit(index, 1, () -> Instant.EPOCH, background::add);
        young.add("ada");
        young.admits("ada");
        assertThat(background).hasSize(1);
    }

    @Test
    void owners_are_counted_independently_of_each_other() {
        add(10);
        for (int i = 0; i < 10; i++) {
            load.admits("bob");
            load.add("bob");
        }
        assertThat(background).hasSize(2);
    }

    @Test
    void a_count_that_fails_does_not_block_the_next_count() {
        add(10);
        index.unfinished = -1;
        runBackground();
        index.unfinished = 3;
        admitsASecondLater();
        runBackground();
        assertThat(load.admits("ada")).isTrue();
    }

    @Test
    void a_count_that_fails_unexpectedly_does_not_block_the_next_count() {
        add(10);
        index.meanwhile =
                () -> {
                    throw new IllegalStateException("on purpose");
                };
        assertThatThrownBy(this::runBackground).hasMessage("on purpose");
        index.meanwhile = () -> {};
        index.unfinished = 3;
        admitsASecondLater();
        runBackground();
        assertThat(load.admits("ada")).isTrue();
    }

    @Test
    void a_count_that_cannot_start_does_not_block_the_next_count() {
        var refusing = new AtomicBoolean(true);
        var unlucky =
                new UnfinishedRequestLimit(
                        index,
                        1,
                        clock,
                        task -> {
                            if (refusing.get()) {
                                throw new RejectedExecutionException("on purpose");
                            }
                            background.add(task);
                        });
        unlucky.add("ada");
        assertThatThrownBy(() -> unlucky.admits("ada")).hasMessage("on purpose");
        refusing.set(false);
        clock.advance(Duration.ofSeconds(1));
        assertThat(unlucky.admits("ada")).isFalse();
        runBackground();
        assertThat(unlucky.admits("ada")).isTrue();
    }

    @Test
    void an_owner_over_the_limit_is_counted_again_and_admitted_eventually() {
        add(10);
        index.unfinished = 10;
        runBackground();
        assertThat(load.admits("ada")).isFalse();
        index.unfinished = 3;
        clock.advance(Duration.ofSeconds(1));
        assertThat(load.admits("ada")).isFalse();
        runBackground();
        assertThat(load.admits("ada")).isTrue();
    }

    @Test
    void a_count_that_fails_leaves_the_estimate_unchanged() {
        add(10);
        index.unfinished = -1;
        runBackground();
        assertThat(load.admits("ada")).isFalse();
    }

    @Test
    void least_recently_seen_owners_are_dropped() {
        add(10);
        for (int i = 0; i < 10_000; i++) {
            load.admits("owner-" + i);
        }
        assertThat(load.admits("ada")).isTrue();
    }

    private static final class Index implements DueIndex {

        private long unfinished;
        private Runnable meanwhile = () -> {};

        @Override
        public List<DueRequest> dueAt(Instant now, int limitPerShard) {
            return List.of();
        }

        @Override
        public long unfinishedOf(String owner, long limit) {
            meanwhile.run();
            if (unfinished < 0) {
                throw new StoreException("count", new IllegalStateException("no"));
            }
            return unfinished;
        }
    }
}
