package dev.statuswire.types.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.TypeEnvironment;
import org.jspecify.annotations.Nullable;

/** Runs single steps of one type, any number of times, for the owner {@code ada} by default. */
public final class StepRuns<I> {

    private final Definition<I> type;
    private final TypeEnvironment environment;

    StepRuns(Definition<I> type, TypeEnvironment environment) {
        this.type = type;
        this.environment = environment;
    }

    /** Runs a step of the request {@code id}. Runs with the same id have the same effect key. */
    public JsonNode run(String id, String step, String input) throws Exception {
        return run(step, context(id, step, input));
    }

    /** Runs all steps of a request and returns the output of the last one. */
    public JsonNode runAll(String id, String input) throws Exception {
        @Nullable JsonNode last = null;
        for (String step : type.stepNames()) {
            last = run(id, step, input);
        }
        if (last == null) {
            throw new AssertionError(type.name() + " has no steps");
        }
        return last;
    }

    /** Returns the context of a step of a request of {@code ada}. */
    public FakeContext<I> context(String id, String step, String input)
            throws InvalidInputException {
        return context(new RequestKey("ada", id), step, input);
    }

    /** Returns the context of a step of any owner's request. */
    public FakeContext<I> context(RequestKey key, String step, String input)
            throws InvalidInputException {
        return new FakeContext<>(
                key,
                step,
                JsonConversion.read(Json.parse(input).orElseThrow(), type.inputType()),
                environment);
    }

    /** Runs a step with the given context. */
    public JsonNode run(String step, StepContext<I> context) throws Exception {
        return type.steps().stream()
                .filter(each -> each.name().equals(step))
                .findFirst()
                .orElseThrow()
                .run(context);
    }
}
