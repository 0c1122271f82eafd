package dev.statuswire.processor.work;

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

    /** Creates the run of a step. */
    interface StepRuns<I> {
        StepRun<I> of(StepDefinition<I, ?> step);
    }

    /** Runs steps until the request is finished, due later, handed back or lost. */
    void run(TimeLeft timeLeft) throws InterruptedException {
        boolean mayContinue = !timeLeft.isOver() || resultWriter.handBack();
        while (mayContinue) {
            int index = claimed.request().nextStep();
            if (index == steps.size()) {
                resultWriter.succeedWithoutStep();
                return;
            }
            StepDefinition<I, ?> step = steps.get(index);
            StepResult end = runs.of(step).run(index, timeLeft);
            mayContinue = resultWriter.write(end, index, step.retry()) && isTimeForNext(timeLeft);
        }
    }

    private boolean isTimeForNext(TimeLeft timeLeft) throws InterruptedException {
        StepDefinition<I, ?> next = steps.get(claimed.request().nextStep());
        return timeLeft.isEnoughFor(next.timeLimit()) || resultWriter.handBack();
    }
}
