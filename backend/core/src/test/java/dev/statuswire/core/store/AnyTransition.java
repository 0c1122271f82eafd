package dev.statuswire.core.store;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

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
        return switch (random.nextInt(started ? 17 : 10)) {
            case 0, 1 -> transitions.claim(seen, STEPS, now);
            case 2 -> {
                Request unclaimed =
                        seen.startedUnclaimed(StepState.started(STEPS, seen.steps(), now));
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
            case 10 -> {
                int step = Math.min(seen.nextStep(), last - 1);
                StepState done = seen.steps().get(step).succeeded("{}", now);
                yield transitions.commitStep(seen, step, done, new Progress(1, ""), now);
            }
            case 11 -> transitions.alive(seen, new Progress(2, "x"), now);
            case 12 -> transitions.succeed(seen, seen.steps().get(last), "{}", now);
            case 13 -> transitions.fail(seen, error, now);
            case 14 -> transitions.retryLater(seen, 3, error, now.plusSeconds(9), now);
            case 15 -> transitions.handBackUnfinished(seen, now);
            default ->
                    random.nextBoolean()
                            ? transitions.handBack(seen, now)
                            : random.nextBoolean()
                                    ? transitions.stop(seen, now)
                                    : transitions.cancelAbandoned(seen, now);
        };
    }
}
