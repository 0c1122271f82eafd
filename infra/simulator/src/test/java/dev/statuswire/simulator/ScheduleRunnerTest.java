package dev.statuswire.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Checks the guarantees in many schedules. */
final class ScheduleRunnerTest {

    private static final int SCHEDULES = Scale.of(250, 2_000_000);
    private static final int MANY = 5_000;

    /** Each run uses new seeds, so that many runs cover more schedules than one. */
    static final long FIRST =
            Long.getLong(
                    "statuswire.simulator.first",
                    ThreadLocalRandom.current().nextLong(1_000_000_000_000L));

    private static final List<String> TRANSITIONS =
            List.of(
                    "API answer",
                    "API cancel",
                    "API delete",
                    "API retry",
                    "API share",
                    "API submit",
                    "EXPIRY expire",
                    "SWEEPER end the wait of",
                    "SWEEPER fail unanswered",
                    "SWEEPER give up",
                    "SWEEPER refuse as too late",
                    "SWEEPER start",
                    "SWEEPER stop",
                    "SWEEPER sweep",
                    "WORKER claim",
                    "WORKER commit a step of",
                    "WORKER end the undo of",
                    "WORKER extend the lease of",
                    "WORKER fail",
                    "WORKER finish",
                    "WORKER finish unclaimed",
                    "WORKER hand back",
                    "WORKER hand back unfinished",
                    "WORKER pause",
                    "WORKER refuse",
                    "WORKER refuse as too late",
                    "WORKER retry later",
                    "WORKER set aside",
                    "WORKER share",
                    "WORKER stop",
                    "WORKER turn back",
                    "WORKER undo a step of");
    private static final Pattern WRITE = Pattern.compile("\\S+ ([A-Z]+ [a-z ]+): .*");

    @Test
    void every_guarantee_is_kept_in_every_schedule() {
        System.out.printf("simulator: seeds %d to %d%n", FIRST, FIRST + SCHEDULES - 1);

        assertThat(ScheduleRunner.run(FIRST, SCHEDULES))
                .as("replay it with ./test --seed SEED")
                .isEmpty();
    }

    @Test
    void seed_always_produces_the_same_schedule() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(traceOf(seed)).as("seed " + seed).isEqualTo(traceOf(seed));
        }
    }

    @Test
    void every_transition_occurs_in_some_schedule() {
        Set<String> happened = new TreeSet<>();
        LongStream.rangeClosed(1, MANY)
                .takeWhile(_ -> happened.size() < TRANSITIONS.size())
                .forEach(seed -> happened.addAll(transitionsOf(seed)));

        assertThat(happened).containsExactlyElementsOf(TRANSITIONS);
    }

    private static List<String> traceOf(long seed) {
        var trace = new ArrayList<String>();
        ScheduleRunner.of(seed, what -> trace.add(what.get()));
        return trace;
    }

    private static List<String> transitionsOf(long seed) {
        return traceOf(seed).stream()
                .map(WRITE::matcher)
                .filter(Matcher::matches)
                .map(write -> write.group(1))
                .toList();
    }
}
