package dev.statuswire.types.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one type, one at a time, as often as a test likes. */
public final class StepRuns {

    private final RequestType type;

    StepRuns(RequestType type) {
        this.type = type;
    }

    /** Runs a step of the request of that id: the same id is the same effect key. */
    public JsonNode run(String id, String step, String input) throws Exception {
        return run(step, new FakeContext(id, step, input));
    }

    /** Runs every step of a request, and gives what the last one returned. */
    public JsonNode runAll(String id, String input) throws Exception {
        @Nullable JsonNode last = null;
        for (Step step : type.steps()) {
            last = run(id, step.name(), input);
        }
        if (last == null) {
            throw new AssertionError(type.name() + " has no steps");
        }
        return last;
    }

    /** Runs a step with a context of the test's own. */
    public JsonNode run(String step, StepContext context) throws Exception {
        return type.steps().stream()
                .filter(there -> there.name().equals(step))
                .findFirst()
                .orElseThrow()
                .run(context);
    }
}
