package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.sdk.StepDefinition;
import java.util.List;

/** Runs the steps of one claimed request, one after the other. Used by one thread. */
final class StepSequence<I> {

    private final ClaimedRequest claimed;
    private final List<StepDefinition<I, ?>> steps;
    private final StepResultWriter resultWriter;
    private final StepRuns<I> runs;

    StepSequence(
            ClaimedRequest claimed,
            List<StepDefinition<I, ?>> steps,
            StepResultWriter resultWriter,
            StepRuns<I> runs) {
        this.claimed = claimed;
        this.steps = steps;
        this.resultWriter = resultWriter;
        this.runs = runs;
    }

    /** Creates the run of a step, or of its undo. */
    interface StepRuns<I> {
        StepRun<I> of(StepDefinition<I, ?> step, boolean isUndo);
    }

    /** Runs or undoes steps until the request is finished, due later, handed back or lost. */
    void run(TimeLeft timeLeft) throws InterruptedException {
        boolean mayContinue = !timeLeft.isOver() || resultWriter.handBack();
        while (mayContinue) {
            mayContinue =
                    (isUndoing() ? undoNext(timeLeft) : runNext(timeLeft))
                            && isTimeForNext(timeLeft);
        }
    }

    private boolean isUndoing() {
        return claimed.request().undoing() != null;
    }

    private boolean runNext(TimeLeft timeLeft) throws InterruptedException {
        int index = claimed.request().nextStep();
        if (index == steps.size()) {
            return resultWriter.succeedWithoutStep();
        }
        StepDefinition<I, ?> step = steps.get(index);
        return resultWriter.write(runs.of(step, false).run(index, timeLeft), index, step);
    }

    private boolean undoNext(TimeLeft timeLeft) throws InterruptedException {
        int index = claimed.request().nextToUndo();
        if (index < 0) {
            return resultWriter.endUndone();
        }
        StepDefinition<I, ?> step = steps.get(index);
        return resultWriter.writeUndo(runs.of(step, true).run(index, timeLeft), index, step);
    }

    private boolean isTimeForNext(TimeLeft timeLeft) throws InterruptedException {
        Request request = claimed.request();
        int next = isUndoing() ? request.nextToUndo() : request.nextStep();
        boolean isStep = next >= 0 && next < steps.size();
        return !isStep
                || timeLeft.isEnoughFor(steps.get(next).timeLimit())
                || resultWriter.handBack();
    }
}
