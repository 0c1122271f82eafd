package dev.statuswire.types.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import org.jspecify.annotations.Nullable;

/** Runs single steps of one type, any number of times. */
public final class StepRuns {

    private final RequestType type;

    StepRuns(RequestType type) {
        this.type = type;
    }

    /** Runs a step of the request {@code id}. Runs with the same id have the same effect key. */
    public JsonNode run(String id, String step, String input) throws Exception {
        return run(step, new FakeContext(id, step, input));
    }

    /** Runs all steps of a request and returns the output of the last one. */
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

    /** Runs a step with the given context. */
    public JsonNode run(String step, StepContext context) throws Exception {
        return type.steps().stream()
                .filter(each -> each.name().equals(step))
                .findFirst()
                .orElseThrow()
                .run(context);
    }
}
