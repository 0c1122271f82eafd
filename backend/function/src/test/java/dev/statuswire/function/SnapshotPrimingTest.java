package dev.statuswire.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.crac.Core;
import org.junit.jupiter.api.Test;

final class SnapshotPrimingTest {

    private final List<String> done = new ArrayList<>();
    private final AtomicReference<Instant> clock =
            new AtomicReference<>(Instant.parse("2026-11-29T10:00:00Z"));
    private final SteadyClock steady = new SteadyClock();
    private final SnapshotPriming snapshots =
            new SnapshotPriming(() -> done.add("forgotten"), clock::get, steady);

    private Runnable records(String what) {
        return () -> done.add(what);
    }

    @Test
    void calls_are_made_before_the_snapshot_and_their_metrics_are_discarded() {
        snapshots.add(records("one"));
        snapshots.add(records("two"));

        snapshots.beforeCheckpoint(Core.getGlobalContext());
        snapshots.afterRestore(Core.getGlobalContext());

        assertThat(done).containsExactly("one", "two", "forgotten");
    }

    @Test
    void steady_clock_includes_the_days_between_snapshot_and_restore() {
        snapshots.beforeCheckpoint(Core.getGlobalContext());
        Instant before = steady.instant();
        clock.updateAndGet(time -> time.plus(Duration.ofDays(13)));
        snapshots.afterRestore(Core.getGlobalContext());

        assertThat(Duration.between(before, steady.instant()))
                .isGreaterThan(Duration.ofDays(12))
                .isLessThan(Duration.ofDays(14));
    }

    @Test
    void setting_the_wall_clock_back_does_not_set_the_steady_clock_back() {
        snapshots.beforeCheckpoint(Core.getGlobalContext());
        Instant before = steady.instant();
        clock.updateAndGet(time -> time.minus(Duration.ofDays(1)));
        snapshots.afterRestore(Core.getGlobalContext());

        assertThat(steady.instant()).isAfterOrEqualTo(before);
    }

    @Test
    void failed_call_stops_neither_the_others_nor_the_snapshot() {
        snapshots.add(
                () -> {
                    throw new IllegalStateException("no database here");
                });
        snapshots.add(
                () -> {
                    throw new NoClassDefFoundError("not in this zip");
                });
        snapshots.add(records("last"));

        snapshots.beforeCheckpoint(Core.getGlobalContext());

        assertThat(done).containsExactly("last", "forgotten");
    }
}
