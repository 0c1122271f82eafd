package dev.statuswire.processor.work;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on requests: claims one, runs the steps of it that are not done, and writes what came of
 * each. Thread-safe.
 */
public final class RequestRunner {

    private static final Logger LOG = LoggerFactory.getLogger(RequestRunner.class);

    /** How many requests of a process may write progress at once. */
    private static final int PROGRESS_AT_ONCE = 8;

    private final Semaphore progressWrites = new Semaphore(PROGRESS_AT_ONCE);
    private final RequestStore store;
    private final Transitions transitions;
    private final RequestTypes types;
    private final Metrics metrics;
    private final TimeAndChance timeAndChance;

    /** A runner of these types, ready to run. */
    public RequestRunner(
            RequestStore store,
            Transitions transitions,
            RequestTypes types,
            Metrics metrics,
            TimeAndChance timeAndChance) {
        this.store = store;
        this.transitions = transitions;
        this.types = types;
        this.metrics = metrics;
        this.timeAndChance = timeAndChance;
    }

    /**
     * Claims the request and works on it until it is finished, due later, handed back or lost.
     * Blocks for as long. That somebody else has claimed it is no error.
     *
     * @param seen the request as it was seen last, which may be long ago
     * @throws InterruptedException where the process stops; the request is handed back before
     * @throws dev.statuswire.core.store.StoreException where it cannot be told whether it is
     *     claimed
     */
    public void run(Request seen, TimeLeft timeLeft) throws InterruptedException {
        Optional<RequestType> type = types.find(seen.type());
        var claim = transitions.claim(seen, stepNames(seen), timeAndChance.clock().instant());
        switch (store.apply(seen.key(), claim)) {
            case Outcome.Done(Request claimed) -> work(hold(claimed), type, timeLeft);
            case Outcome.Refused(Optional<Request> current) ->
                    LOG.debug("{} is not free; somebody else looks after it", seen.key());
        }
    }

    private List<String> stepNames(Request seen) {
        List<String> names = types.stepsOf(seen.type());
        return names.isEmpty() ? seen.steps().stream().map(StepState::name).toList() : names;
    }

    private Hold hold(Request claimed) {
        return new Hold(store, timeAndChance.clock(), timeAndChance.waiting(), claimed);
    }

    private void work(Hold hold, Optional<RequestType> type, TimeLeft timeLeft)
            throws InterruptedException {
        Request request = hold.request();
        var ends = new WorkEnds(hold, transitions, metrics, new Backoff(timeAndChance.random()));
        if (type.isEmpty()) {
            ends.fail(Failures.unknownType(request.type()));
            return;
        }
        var input = Json.parse(request.input());
        if (input.isEmpty()) {
            ends.fail(Failures.inputIsNotJson());
            return;
        }
        try {
            new Work(hold, type.get(), input.get(), ends, stepRuns(hold)).run(timeLeft);
        } catch (InterruptedException stopped) {
            ends.handBack();
            throw stopped;
        }
    }

    private Work.StepRuns stepRuns(Hold hold) {
        return step -> new StepRun(hold, step, transitions, timeAndChance, progressWrites);
    }
}
