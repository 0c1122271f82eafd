package dev.statuswire.testkit;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import dev.statuswire.testkit.Outcome.Difference;
import dev.statuswire.testkit.Outcome.Part;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a request again and again, each time in a new {@link World} and with one disturbance, and
 * compares each outcome with that of an undisturbed run. The schedules are all combinations of a
 * {@link Disturbance} and a moment; a schedule's seed is its number.
 */
final class CrashSchedules<I> {

    private static final RequestKey OTHER = new RequestKey("other", "other-request");
    private static final InstantSource REAL_TIME = InstantSource.system();

    private static final String OF_OTHER =
            "; the difference is in the other request, which has the type's example as its input";

    private static final String DEPENDS_ON_OTHERS =
            "It depends on the time, on randomness, or on something that all runs share, such as a"
                    + " static field or a fake that is not created by StatuswireTest.client.";

    private static final String EFFECT_TWICE =
            "A step can run again, and then asks for its effect again. Pass context.effectKey() to"
                    + " the service, which must ignore a key that it has seen.";

    private final TestedType<I> type;
    private final Request submitted;
    private final Journal journal;

    /**
     * @param submitted the request, in any state
     * @param journal has the failures that are planned for the request, and its answers
     */
    CrashSchedules(TestedType<I> type, Request submitted, Journal journal) {
        this.type = type;
        this.submitted = submitted;
        this.journal = journal;
    }

    /** What happens at a moment of a schedule. */
    private enum Disturbance {
        CRASH(
                "the process died",
                "A new process with a new object of the type went on. Whatever the step needs must"
                        + " be in the input or in an output of an earlier step, not in a field."),
        STALL(
                "another process took over because this one paused; later it went on",
                "Two processes ran the step at the same time. It must not matter which one does"
                        + " what first."),
        REDELIVERY(
                "all stream records of the request were delivered to another process as well",
                "Two processes ran the step at the same time. It must not matter which one does"
                        + " what first."),
        OTHER_REQUEST(
                "the process ran another request",
                "The object of the type serves many requests at once, so it must not keep what"
                        + " belongs to one of them in a field.");

        private final String what;
        private final String hint;

        Disturbance(String what, String hint) {
            this.what = what;
            this.hint = hint;
        }
    }

    /**
     * One run of the request.
     *
     * @param claims whether the first delivery is claimed, even if it need not be
     * @param disturbance null for none
     * @param moment the number of the moment at which it happens
     * @param event for a message
     */
    private record Schedule(
            boolean claims, @Nullable Disturbance disturbance, int moment, String event) {

        String hint() {
            return disturbance == null ? DEPENDS_ON_OTHERS : disturbance.hint;
        }
    }

    /**
     * Runs all schedules.
     *
     * @throws AssertionError if an outcome differs
     */
    void runAll() {
        var expected = new Expected();
        for (int seed = 0; seed < expected.schedules.size(); seed++) {
            run(expected, seed);
        }
    }

    /**
     * Runs one schedule.
     *
     * @throws IllegalArgumentException if there is no such schedule
     */
    void run(long seed) {
        var expected = new Expected();
        int last = expected.schedules.size() - 1;
        if (seed < 0 || seed > last) {
            throw new IllegalArgumentException(
                    "no schedule %d; there are 0 to %d".formatted(seed, last));
        }
        run(expected, (int) seed);
    }

    /** What happens without a disturbance, and all schedules. */
    private final class Expected {

        private final Outcome outcome;
        private final Outcome other = runOther(type.newDefinition());
        private final List<Schedule> schedules = new ArrayList<>();

        Expected() {
            this.outcome = add(false);
            if (type.mayRunUnclaimed()) {
                add(true);
            }
            awaitTick();
        }

        /** Adds the schedules with and without a claim at the first delivery. */
        private Outcome add(boolean claims) {
            var moments = new ArrayList<String>();
            Journal plan = journal.ofSchedule();
            Outcome undisturbed =
                    runTested(0, claims, plan, (world, process, moment) -> moments.add(moment));
            requireKnownAnswers(plan);
            requirePlannedEnd(undisturbed, plan);
            schedules.add(
                    new Schedule(claims, null, 0, "it ran once more, without any disturbance"));
            for (Disturbance disturbance : Disturbance.values()) {
                for (int i = 0; i < moments.size(); i++) {
                    String event = disturbance.what + " " + moments.get(i);
                    schedules.add(new Schedule(claims, disturbance, i, event));
                }
            }
            return undisturbed;
        }
    }

    private void requireKnownAnswers(Journal plan) {
        plan.unknownAnswer()
                .ifPresent(
                        step -> {
                            throw new AssertionError(
                                    "%s waits for an answer to step %s, and the test has not given one. Before crashEverywhere, call answer, or let the time to answer pass."
                                            .formatted(type.definition().name(), step));
                        });
    }

    private void requirePlannedEnd(Outcome undisturbed, Journal plan) {
        RequestError error = undisturbed.request().error();
        if (error == null || error.step() == null) {
            return;
        }
        Optional<Throwable> thrown =
                switch (error.code()) {
                    case "step-failed" -> plan.thrown(error.step());
                    case Transitions.UNDO_FAILED -> plan.thrown(Journal.undoOf(error.step()));
                    default -> Optional.empty();
                };
        thrown.filter(it -> !(it instanceof StepFailed || it instanceof TryLater))
                .filter(it -> !journal.hasPlanned(it))
                .ifPresent(
                        cause -> {
                            throw new AssertionError(
                                    type.definition().name()
                                            + " fails even if nothing disturbs it: "
                                            + undisturbed,
                                    cause);
                        });
    }

    /** Waits until the real clock shows another millisecond. */
    private static void awaitTick() {
        long start = REAL_TIME.millis();
        while (REAL_TIME.millis() == start) {
            Thread.onSpinWait();
        }
    }

    private void run(Expected expected, int seed) {
        Schedule schedule = expected.schedules.get(seed);
        var disturber = new Disturber(schedule);
        Outcome outcome = runTested(seed + 1L, schedule.claims(), journal.ofSchedule(), disturber);
        outcome.from(expected.outcome)
                .ifPresent(
                        difference -> {
                            throw failure(seed, schedule, "", difference, outcome);
                        });
        Optional.ofNullable(disturber.other)
                .flatMap(other -> other.from(expected.other))
                .ifPresent(
                        difference -> {
                            throw failure(seed, schedule, OF_OTHER, difference, outcome);
                        });
    }

    /** Disturbs the request at one moment. */
    private final class Disturber implements World.Moments<I> {

        private final @Nullable Disturbance disturbance;
        private int momentsToGo;
        private @Nullable Outcome other;

        Disturber(Schedule schedule) {
            this.disturbance = schedule.disturbance();
            this.momentsToGo = schedule.moment();
        }

        @Override
        public void reached(World<I> world, TestProcess<I> process, String moment) {
            if (disturbance == null || momentsToGo-- != 0) {
                return;
            }
            switch (disturbance) {
                case CRASH -> process.crash();
                case STALL -> {
                    world.abandonProcess();
                    world.runToEnd();
                }
                case REDELIVERY -> world.redeliver();
                case OTHER_REQUEST -> other = runOther(process.definition());
            }
        }
    }

    private Outcome runTested(long number, boolean claims, Journal plan, World.Moments<I> moments) {
        var world = new World<>(type, String.valueOf(submitted.life()), number, claims, moments);
        return run(world, submitted.key(), submitted.input(), plan);
    }

    /** Runs the example in a world of its own, on the object of the type behind a definition. */
    private Outcome runOther(Definition<I> definition) {
        var world = new World<>(type, "other", 0, false, (other, process, moment) -> {});
        world.startProcess(definition);
        return run(world, OTHER, type.json(definition.example()), journal.ofOther());
    }

    /** Starts the request at once, because a crash may delay it beyond its time to start. */
    private Outcome run(World<I> world, RequestKey key, String input, Journal plan) {
        try {
            world.submit(key, input, SubmissionOptions.NONE, plan);
            world.runToEnd();
            return world.outcome(key);
        } finally {
            world.close();
        }
    }

    private AssertionError failure(
            int seed, Schedule schedule, String of, Difference difference, Outcome outcome) {
        String message =
                """
                step "%s" of %s has %s
                  when: %s
                  expected: %s
                  actual:   %s
                %s
                To replay this schedule: crashEverywhere(%d)"""
                        .formatted(
                                difference.step(),
                                type.definition().name(),
                                difference.part().text(),
                                schedule.event() + of,
                                difference.expected(),
                                difference.actual(),
                                difference.part() == Part.MORE_EFFECTS
                                        ? EFFECT_TWICE
                                        : schedule.hint(),
                                seed);
        return new AssertionError(
                message, difference.part() == Part.STATUS ? outcome.thrown() : null);
    }
}
