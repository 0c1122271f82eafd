package dev.statuswire.processor.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;

/** The steps of one claimed request, one after the other. Used by one thread. */
final class Work {

    private final Hold hold;
    private final RequestType type;
    private final JsonNode input;
    private final WorkEnds ends;
    private final StepRuns runs;

    Work(Hold hold, RequestType type, JsonNode input, WorkEnds ends, StepRuns runs) {
        this.hold = hold;
        this.type = type;
        this.input = input;
        this.ends = ends;
        this.runs = runs;
    }

    /** Makes the run of a step. */
    interface StepRuns {
        StepRun of(Step step);
    }

    /** Goes on until the request is finished, due later, handed back or lost. */
    void run(TimeLeft timeLeft) throws InterruptedException {
        boolean goesOn = !timeLeft.isOver() || ends.handBack();
        while (goesOn) {
            int index = hold.request().nextStep();
            if (index == type.steps().size()) {
                ends.succeedAsItIs();
                return;
            }
            StepEnd end = runs.of(type.steps().get(index)).run(input, index, timeLeft);
            goesOn = ends.write(end, index, type.maxFailures()) && isTimeForNext(timeLeft);
        }
    }

    private boolean isTimeForNext(TimeLeft timeLeft) throws InterruptedException {
        Step next = type.steps().get(hold.request().nextStep());
        return timeLeft.isEnoughFor(next.timeLimit()) || ends.handBack();
    }
}
