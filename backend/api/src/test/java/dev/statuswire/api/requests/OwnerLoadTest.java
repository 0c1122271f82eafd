package dev.statuswire.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnerLoadTest {

    private final ManualClock clock = new ManualClock();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Index index = new Index();
    private final OwnerLoad load = new OwnerLoad(index, 10, clock, background::add);

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

    @Test
    void an_owner_has_what_was_submitted_and_no_more_than_the_limit() {
        add(9);
        assertThat(load.admits("ada")).isTrue();
        add(1);
        assertThat(load.admits("ada")).isFalse();
        assertThat(load.admits("bob")).isTrue();
    }

    @Test
    void below_half_the_limit_nobody_counts() {
        add(5);
        assertThat(load.admits("ada")).isTrue();
        assertThat(background).isEmpty();
    }

    @Test
    void above_half_the_limit_it_is_counted_once_a_second() {
        add(10);
        assertThat(background).hasSize(1);
        clock.advance(Duration.ofMillis(999));
        load.admits("ada");
        assertThat(background).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        load.admits("ada");
        assertThat(background).hasSize(2);
    }

    @Test
    void what_was_counted_counts() {
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
    void what_is_submitted_while_it_is_counted_is_not_lost() {
        add(6);
        load.admits("ada");
        index.unfinished = 6;
        index.meanwhile = () -> add(4);
        runBackground();
        assertThat(load.admits("ada")).isFalse();
    }

    @Test
    void an_owner_over_the_limit_is_counted_again_and_gets_through_in_the_end() {
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
    void a_count_that_fails_leaves_the_estimate() {
        add(10);
        index.unfinished = -1;
        runBackground();
        assertThat(load.admits("ada")).isFalse();
    }

    @Test
    void owners_that_were_not_seen_for_long_are_forgotten() {
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
        public long unfinishedOf(String owner) {
            meanwhile.run();
            if (unfinished < 0) {
                throw new StoreException("count", new IllegalStateException("no"));
            }
            return unfinished;
        }
    }
}
