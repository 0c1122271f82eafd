package dev.statuswire.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.function.Priming;
import java.util.ArrayList;
import java.util.List;
import org.crac.Core;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {

    private final List<String> done = new ArrayList<>();
    private final Snapshots snapshots = new Snapshots(() -> done.add("forgotten"));

    private Priming says(String what) {
        return () -> done.add(what);
    }

    @Test
    void primings_run_before_the_snapshot_and_what_they_counted_is_forgotten() {
        snapshots.add(says("one"));
        snapshots.add(says("two"));

        snapshots.beforeCheckpoint(Core.getGlobalContext());
        snapshots.afterRestore(Core.getGlobalContext());

        assertThat(done).containsExactly("one", "two", "forgotten");
    }

    @Test
    void failing_priming_stops_neither_the_others_nor_the_snapshot() {
        snapshots.add(
                () -> {
                    throw new Exception("no database here");
                });
        snapshots.add(
                () -> {
                    throw new NoClassDefFoundError("not in this zip");
                });
        snapshots.add(says("last"));

        snapshots.beforeCheckpoint(Core.getGlobalContext());

        assertThat(done).containsExactly("last", "forgotten");
    }
}
