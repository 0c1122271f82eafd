package dev.statuswire.processor.work;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.StepDefinition;
import dev.statuswire.sdk.StepKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes requests: claims a request, runs its unfinished steps, and writes the result of each.
 * Thread-safe.
 */
public final class RequestRunner {

    private static final Logger LOG = LoggerFactory.getLogger(RequestRunner.class);

    /**
     * How long a request waits for a worker that knows its type, which is longer than a deployment
     * takes.
     */
    private static final Duration UNKNOWN_TYPE_PATIENCE = Duration.ofMinutes(15);

    /** How many requests of a process may write progress at the same time. */
    private static final int PROGRESS_AT_ONCE = 8;

    private final Semaphore progressWrites = new Semaphore(PROGRESS_AT_ONCE);
    private final RequestStore store;
    private final Transitions transitions;
    private final RequestTypes types;
    private final TypeEnvironments environments;
    private final StepLinks links;
    private final Metrics metrics;
    private final TimeAndRandomness timeAndRandomness;
    private final Executor stepThreads;

    /** Creates a runner of these types with its own thread pool for their steps. */
    public RequestRunner(
            RequestStore store,
            Transitions transitions,
            RequestTypes types,
            TypeEnvironments environments,
            StepLinks links,
            Metrics metrics,
            TimeAndRandomness timeAndRandomness) {
        this(
                store,
                transitions,
                types,
                environments,
                links,
                metrics,
                timeAndRandomness,
                StepThreads.newPool());
    }

    /**
     * Creates a runner of these types.
     *
     * @param stepThreads runs the steps, each on its own thread
     */
    public RequestRunner(
            RequestStore store,
            Transitions transitions,
            RequestTypes types,
            TypeEnvironments environments,
            StepLinks links,
            Metrics metrics,
            TimeAndRandomness timeAndRandomness,
            Executor stepThreads) {
        this.store = store;
        this.transitions = transitions;
        this.types = types;
        this.environments = environments;
        this.links = links;
        this.metrics = metrics;
        this.timeAndRandomness = timeAndRandomness;
        this.stepThreads = stepThreads;
    }

    /**
     * Claims the request and works on it until it is finished, due later, handed back or lost.
     * Blocks until then. If another worker has claimed the request, returns without an error.
     *
     * <p>A request that this release does not understand is left to a release that does: its type
     * may be new, or its item may have a newer format. If no worker has known its type for 15
     * minutes, the request fails. It also fails if its type has changed so that the finished steps
     * are not the first ones any more, and if it is too late to start it.
     *
     * <p>If the type is {@linkplain RequestTypes#replace replaced} meanwhile, the running step may
     * run for another 5 s. The request is then handed back, and continues on the newer version.
     *
     * @param seen the request as it was last read, which may be long ago
     * @throws InterruptedException if the process shuts down; the request is handed back first
     * @throws dev.statuswire.core.store.StoreException if it is unknown whether the request is
     *     claimed
     */
    public void run(Request seen, TimeLeft timeLeft) throws InterruptedException {
        if (!seen.isUnderstood()) {
            LOG.info("{} was written by a newer release; leaving it to that release", seen.key());
            return;
        }
        if (seen.isTooLate(now())) {
            LOG.info("{} can no longer start in time; failing it", seen.key());
            refuse(seen, transitions.tooLate(seen, now()));
            return;
        }
        Optional<Definition<?>> type = types.find(seen.type());
        if (type.isPresent()) {
            claimUnlessChanged(seen, type.get(), timeLeft);
        } else {
            setAsideOrFail(seen);
        }
    }

    private void claimUnlessChanged(Request seen, Definition<?> type, TimeLeft timeLeft)
            throws InterruptedException {
        if (StepState.canContinue(type.stepNames(), seen.steps())) {
            claim(seen, type, timeLeft);
        } else {
            LOG.warn(
                    "{} has finished steps that its type no longer begins with; failing it",
                    seen.key());
            refuse(seen, StepErrors.typeChanged(seen.type()));
        }
    }

    /**
     * Works like {@link #run} on a request that was just submitted and is delivered for the first
     * time. If its type has a single step that neither waits nor has an undo, the step runs without
     * a claim, and one write takes the request to SUCCEEDED. In every other case the request is
     * then claimed: if the step fails, is still running after 250 ms, or runs out of time. A
     * request that must start in time is claimed at once, so that its start is never forgotten.
     *
     * @param seen the request as submitted; it has a life and a due time
     */
    public void runNew(Request seen, TimeLeft timeLeft) throws InterruptedException {
        Optional<Definition<?>> type =
                types.find(seen.type()).filter(RequestRunner::mayRunUnclaimed);
        if (type.isEmpty() || !seen.isUnderstood() || seen.options().notAfter() != null) {
            run(seen, timeLeft);
            return;
        }
        List<StepState> started =
                StepState.started(type.get().stepNames(), Set.of(), seen.steps(), now());
        work(claimed(seen.startedUnclaimed(started)), type.get(), timeLeft);
    }

    private static boolean mayRunUnclaimed(Definition<?> type) {
        StepDefinition<?, ?> first = type.steps().get(0);
        return type.steps().size() == 1 && first.kind() == StepKind.WORK && !first.hasUndo();
    }

    private static Set<String> undoable(Definition<?> type) {
        return type.steps().stream()
                .filter(StepDefinition::hasUndo)
                .map(StepDefinition::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void claim(Request seen, Definition<?> type, TimeLeft timeLeft)
            throws InterruptedException {
        var claim = transitions.claim(seen, type.stepNames(), undoable(type), now());
        try {
            if (store.apply(seen.key(), claim) instanceof WriteOutcome.Done done) {
                work(claimed(done.request()), type, timeLeft);
            } else {
                LOG.debug(
                        "could not claim {}, which has changed; ignoring this delivery",
                        seen.key());
            }
        } catch (StoreException refused) {
            if (refused.isRetryable()) {
                throw refused;
            }
            LOG.error("{}; failing the request", refused.getMessage(), refused);
            refuse(seen, StepErrors.refused(refused, null).error());
        }
    }

    private Instant now() {
        return timeAndRandomness.clock().instant();
    }

    private void refuse(Request seen, RequestError error) {
        refuse(seen, transitions.refuse(seen, error, now()));
    }

    private void refuse(Request seen, Transition refusal) {
        try {
            WriteOutcome outcome = store.apply(seen.key(), refusal);
            if (outcome instanceof WriteOutcome.Done) {
                metrics.count(Metrics.Counter.FINISHED, Status.FAILED.name(), 1);
            }
        } catch (StoreException refused) {
            if (refused.isRetryable()) {
                throw refused;
            }
            LOG.error("{}; correct or delete the item", refused.getMessage(), refused);
        }
    }

    /**
     * Sets the request aside once. From then on it has a due time, so the sweeper offers it
     * repeatedly.
     */
    private void setAsideOrFail(Request seen) {
        Instant since = seen.typeUnknownSince();
        if (since == null || seen.dueAt() == null) {
            LOG.warn(
                    "{} has a type that no worker here knows; leaving it to a worker that does, for"
                            + " at most {}",
                    seen.key(),
                    UNKNOWN_TYPE_PATIENCE);
            store.apply(seen.key(), transitions.setAside(seen, now()));
        } else if (!now().isBefore(since.plus(UNKNOWN_TYPE_PATIENCE))) {
            LOG.warn("{} has a type that no worker knew in time; failing it", seen.key());
            refuse(seen, StepErrors.unknownType(seen.type()));
        }
    }

    private ClaimedRequest claimed(Request request) {
        return new ClaimedRequest(store, timeAndRandomness, transitions, request);
    }

    private void work(ClaimedRequest claimed, Definition<?> type, TimeLeft timeLeft)
            throws InterruptedException {
        var resultWriter =
                new StepResultWriter(
                        claimed,
                        type.name(),
                        transitions,
                        metrics,
                        new Backoff(timeAndRandomness.random()));
        TimeLeft whileCurrent =
                timeLeft.whileCurrent(() -> types.isCurrent(type), timeAndRandomness.steady());
        try {
            runSteps(claimed, type, resultWriter, whileCurrent);
        } catch (InvalidInputException misfit) {
            LOG.info("the input of {} does not fit its type", claimed.request().key(), misfit);
            failForGood(resultWriter, StepErrors.invalidInput(misfit.pointer()));
        } catch (InterruptedException stopped) {
            resultWriter.handBack();
            throw stopped;
        }
    }

    /** Fails a request whose finished steps cannot be undone either. */
    private static void failForGood(StepResultWriter resultWriter, RequestError error)
            throws InterruptedException {
        boolean isUndoing = resultWriter.fail(error, false);
        if (isUndoing) {
            resultWriter.fail(error, false);
        }
    }

    private <I> void runSteps(
            ClaimedRequest claimed,
            Definition<I> type,
            StepResultWriter resultWriter,
            TimeLeft timeLeft)
            throws InvalidInputException, InterruptedException {
        var input = Json.parse(claimed.request().input());
        if (input.isEmpty()) {
            failForGood(resultWriter, StepErrors.inputIsNotJson());
            return;
        }
        var context =
                new StepContexts<>(
                        JsonConversion.read(input.get(), type.inputType()),
                        environments.of(type),
                        (request, step) -> link(type, request, step));
        StepSequence.StepRuns<I> runs =
                (step, isUndo) ->
                        new StepRun<>(
                                claimed,
                                step,
                                isUndo,
                                context,
                                transitions,
                                timeAndRandomness,
                                stepThreads,
                                progressWrites);
        new StepSequence<>(claimed, type.steps(), resultWriter, runs).run(timeLeft);
    }

    private URI link(Definition<?> type, Request request, String step) {
        boolean isAnswered =
                type.steps().stream()
                        .anyMatch(it -> it.name().equals(step) && it.kind() == StepKind.ANSWER);
        if (!isAnswered) {
            throw new IllegalArgumentException(
                    "type %s has no step %s that waits for an answer".formatted(type.name(), step));
        }
        return links.create(request, step);
    }
}
