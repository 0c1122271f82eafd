package dev.statuswire.processor.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;

/** Runs the steps of one claimed request, one after the other. Used by one thread. */
final class StepSequence {

    private final ClaimedRequest claimed;
    private final RequestType type;
    private final JsonNode input;
    private final StepResultWriter resultWriter;
    private final StepRuns runs;

    StepSequence(
            ClaimedRequest claimed,
            RequestType type,
            JsonNode input,
            StepResultWriter resultWriter,
            StepRuns runs) {
        this.claimed = claimed;
        this.type = type;
        this.input = input;
        this.resultWriter = resultWriter;
        this.runs = runs;
    }

    /** Creates the run of a step. */
    interface StepRuns {
        StepRun of(Step step);
    }

    /** Runs steps until the request is finished, due later, handed back or lost. */
    void run(TimeLeft timeLeft) throws InterruptedException {
        boolean mayContinue = !timeLeft.isOver() || resultWriter.handBack();
        while (mayContinue) {
            int index = claimed.request().nextStep();
            if (index == type.steps().size()) {
                resultWriter.succeedWithoutStep();
                return;
            }
            StepResult end = runs.of(type.steps().get(index)).run(input, index, timeLeft);
            mayContinue =
                    resultWriter.write(end, index, type.maxFailures()) && isTimeForNext(timeLeft);
        }
    }

    private boolean isTimeForNext(TimeLeft timeLeft) throws InterruptedException {
        Step next = type.steps().get(claimed.request().nextStep());
        return timeLeft.isEnoughFor(next.timeLimit()) || resultWriter.handBack();
    }
}
