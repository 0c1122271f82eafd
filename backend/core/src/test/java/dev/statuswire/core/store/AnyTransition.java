package dev.statuswire.core.store;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random transition that a writer might try after reading the request, whether or not it makes
 * sense.
 */
final class AnyTransition {

    private static final List<String> STEPS = List.of("one", "two", "three");

    private AnyTransition() {}

    static Transition of(
            Random random, Transitions transitions, Request seen, InstantSource clock) {
        Instant now = clock.instant();
        var error = new RequestError("code", "message", null, random.nextBoolean());
        boolean started = seen.steps().size() == STEPS.size();
        int last = STEPS.size() - 1;
        return switch (random.nextInt(started ? 21 : 11)) {
            case 0, 1 -> transitions.claim(seen, STEPS, Set.of(), now);
            case 2 -> {
                Request unclaimed =
                        seen.startedUnclaimed(
                                StepState.started(STEPS, Set.of(), seen.steps(), now));
                StepState done = unclaimed.steps().getFirst().succeeded("{}", now);
                yield random.nextBoolean()
                        ? transitions.claimStarted(unclaimed, now)
                        : transitions.succeedUnclaimed(unclaimed, done, "{}", now);
            }
            case 3 -> transitions.sweep(seen, now);
            case 4 -> transitions.giveUp(seen, now);
            case 5 -> transitions.cancelIdle(seen, now);
            case 6 -> transitions.cancelRunning(seen, now);
            case 7 -> transitions.retry(seen, now);
            case 8 -> transitions.setAside(seen, now);
            case 9 -> transitions.refuse(seen, error, now);
            case 10 ->
                    random.nextBoolean() || seen.options().notAfter() == null
                            ? transitions.start(seen, now)
                            : transitions.tooLate(seen, now);
            case 11 -> {
                int step = Math.min(seen.nextStep(), last - 1);
                StepState done =
                        seen.steps().get(step).succeeded("{}", now).undoable(random.nextBoolean());
                yield transitions.commitStep(seen, step, done, new Progress(1, ""), now);
            }
            case 12 -> transitions.alive(seen, new Progress(2, "x"), now);
            case 13 -> transitions.succeed(seen, last, seen.steps().get(last), "{}", now);
            case 14 -> transitions.fail(seen, error, now);
            case 15 -> transitions.retryLater(seen, 3, error, now.plusSeconds(9), now);
            case 16 -> transitions.handBackUnfinished(seen, now);
            case 17 -> waiting(random, transitions, seen, now);
            case 18 -> {
                boolean isFailed = random.nextBoolean();
                var undoing =
                        new Undoing(
                                isFailed ? Status.FAILED : Status.CANCELLED,
                                isFailed ? error : null);
                yield random.nextBoolean() || seen.undoing() == null
                        ? transitions.turnBack(seen, undoing, true, now)
                        : transitions.endUndone(seen, now);
            }
            case 19 -> transitions.undoStep(seen, Math.max(0, seen.nextToUndo()), now);
            default ->
                    random.nextBoolean()
                            ? random.nextBoolean()
                                    ? transitions.handBack(seen, now)
                                    : transitions.share(seen)
                            : random.nextBoolean()
                                    ? transitions.stop(seen, now)
                                    : transitions.cancelAbandoned(seen, now);
        };
    }

    private static Transition waiting(
            Random random, Transitions transitions, Request seen, Instant now) {
        if (seen.waitingFor() != null) {
            return random.nextBoolean()
                    ? transitions.answer(seen, "{}", HistoryEntry.LINK, now)
                    : transitions.timeIsUp(seen, now);
        }
        if (seen.nextStep() == STEPS.size()) {
            return transitions.alive(seen, null, now);
        }
        String step = seen.steps().get(seen.nextStep()).name();
        boolean isForAnswer = random.nextBoolean();
        String answer = isForAnswer && random.nextBoolean() ? "{}" : null;
        var what = new Wait(step, isForAnswer, isForAnswer ? "?" : null, answer);
        return transitions.waitFor(seen, what, now.plusSeconds(random.nextInt(30)), now);
    }
}
