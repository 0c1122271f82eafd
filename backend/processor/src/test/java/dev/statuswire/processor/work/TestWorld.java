package dev.statuswire.processor.work;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.time.Waiting;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A store, a clock and a runner that belong together. */
public final class TestWorld {

    /** The time is that of the clock; a wait ends early so that the change of it is seen soon. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(10);

    private static final Waiting SHORT =
            (signal, longest) ->
                    Waiting.REAL.forPermit(
                            signal, longest.compareTo(LONGEST_WAIT) < 0 ? longest : LONGEST_WAIT);

    public final ManualClock clock;
    public final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    public final InMemoryRequestStore memory = new InMemoryRequestStore(transitions);
    public final FaultyStore store = new FaultyStore(memory);
    public final RequestTypes types;
    public Metrics metrics = Metrics.NONE;

    public TestWorld(RequestType... types) {
        this(new ManualClock(), types);
    }

    public TestWorld(ManualClock clock, RequestType... types) {
        this.clock = clock;
        this.types = RequestTypes.of(List.of(types));
    }

    public RequestRunner runner() {
        return runner(types);
    }

    /** Of another release, which has these types. */
    public RequestRunner runner(RequestTypes others) {
        return runner(others, clock);
    }

    /** With a steady clock of its own. */
    public RequestRunner runner(InstantSource steady) {
        return runner(types, steady);
    }

    private RequestRunner runner(RequestTypes its, InstantSource steady) {
        return new RequestRunner(store, transitions, its, metrics, timeAndRandomness(steady));
    }

    /** The world's clock for both purposes. */
    public TimeAndRandomness timeAndRandomness() {
        return timeAndRandomness(clock);
    }

    private TimeAndRandomness timeAndRandomness(InstantSource steady) {
        return new TimeAndRandomness(clock, steady, new Random(1), SHORT);
    }

    public Request submit(String id, String type, String input) {
        return memory.submit(
                        new RequestKey("ada", id), new Submission(type, input), clock.instant())
                .request();
    }

    public Request submit(String id) {
        return submit(id, "scripted", "{}");
    }

    public Request find(Request request) {
        return memory.find(request.key()).orElseThrow();
    }

    /** Carries out a transition that has to be done. */
    public Request done(Request request, Transition transition) {
        return ((WriteOutcome.Done) memory.apply(request.key(), transition)).request();
    }

    /** Offers it again when it is due. */
    public Request sweep(Request request) {
        Request now = find(request);
        Instant due = due(now);
        clock.advance(Duration.between(clock.instant(), due));
        return done(now, transitions.sweep(now, clock.instant()));
    }

    public static Instant due(Request request) {
        return Optional.ofNullable(request.dueAt()).orElseThrow();
    }

    /** Time without an end. */
    public static TimeLeft endless() {
        return new TimeLeft(() -> Duration.ofHours(1), true);
    }
}
