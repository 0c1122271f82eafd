package dev.statuswire.tests.kill;

import java.util.EnumMap;
import java.util.Map;

/** Counts the kills by what the process was doing. Used by one thread. */
final class KillCounts {

    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
    private int orderly;

    /** What a process was doing when it was killed. */
    enum Moment {
        START,
        WORK,
        STOP
    }

    void killed(Moment at) {
        kills.merge(at, 1, Integer::sum);
    }

    /** Counts a process that shut down gracefully before it was killed. */
    void stopped() {
        orderly++;
    }

    int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int kills(Moment at) {
        return kills.getOrDefault(at, 0);
    }

    @Override
    public String toString() {
        return "%d kills (%d at start-up, %d at work, %d during shutdown), %d orderly shutdowns"
                .formatted(
                        kills(),
                        kills(Moment.START),
                        kills(Moment.WORK),
                        kills(Moment.STOP),
                        orderly);
    }
}
