package dev.statuswire.tests.kill;

import java.util.EnumMap;
import java.util.Map;

/** How often it was killed at what. Used by one thread. */
final class Tally {

    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
    private int orderly;

    /** What a process was at when it was killed. */
    enum Moment {
        START,
        WORK,
        STOP
    }

    void killed(Moment at) {
        kills.merge(at, 1, Integer::sum);
    }

    /** It was told to stop and did, before it was killed. */
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
        return "%d kills (%d in a start, %d at work, %d in an orderly stop), %d stops in order"
                .formatted(
                        kills(),
                        kills(Moment.START),
                        kills(Moment.WORK),
                        kills(Moment.STOP),
                        orderly);
    }
}
