package dev.statuswire.processor.work;

import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.PublicUrl;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.time.Waiting;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.sdk.Definition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A store, a clock and runners that work together. */
public final class RunnerFixture {

    /**
     * The longest real wait, which is short so that changes of the manual clock are noticed soon.
     */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(10);

    private static final Waiting SHORT =
            (signal, longest) ->
                    Waiting.REAL.awaitPermit(
                            signal, longest.compareTo(LONGEST_WAIT) < 0 ? longest : LONGEST_WAIT);

    public final ManualClock clock;
    public final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    public final InMemoryRequestStore memory = new InMemoryRequestStore(transitions);
    public final FaultyStore store = new FaultyStore(memory);
    public final RequestTypes types;
    public Metrics metrics = Metrics.NONE;

    public RunnerFixture(Definition<?>... types) {
        this(new ManualClock(), types);
    }

    public RunnerFixture(ManualClock clock, Definition<?>... types) {
        this.clock = clock;
        this.types = RequestTypes.of(List.of(types));
    }

    public RequestRunner runner() {
        return runner(types);
    }

    /** Returns the runner of another release, which has these types. */
    public RequestRunner runner(RequestTypes others) {
        return runner(others, clock);
    }

    /** Returns a runner with its own steady clock. */
    public RequestRunner runner(InstantSource steady) {
        return runner(types, steady);
    }

    private RequestRunner runner(RequestTypes its, InstantSource steady) {
        return new RequestRunner(
                store,
                transitions,
                its,
                TypeEnvironments.empty(),
                stepLinks(),
                metrics,
                timeAndRandomness(steady));
    }

    private StepLinks stepLinks() {
        return new StepLinks(
                InMemoryLinks.to(store, transitions, clock),
                () -> Optional.of(PublicUrl.of(URI.create("https://work.example.org"))));
    }

    /** Uses the manual clock both as the wall clock and as the steady clock. */
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

    /** Applies a transition that must succeed. */
    public Request done(Request request, Transition transition) {
        return ((WriteOutcome.Done) memory.apply(request.key(), transition)).request();
    }

    /** Advances the clock to the due time, and offers the request again. */
    public Request sweep(Request request) {
        Request now = find(request);
        Instant due = due(now);
        clock.advance(Duration.between(clock.instant(), due));
        return done(now, transitions.sweep(now, clock.instant()));
    }

    public static Instant due(Request request) {
        return Optional.ofNullable(request.dueAt()).orElseThrow();
    }

    /** Returns more time than any test needs. */
    public static TimeLeft endless() {
        return new TimeLeft(() -> Duration.ofHours(1), true);
    }
}
