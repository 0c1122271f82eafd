package dev.statuswire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import java.util.List;

/**
 * The request types of the recorded items that are not shipped. Each step returns the key that it
 * would use for its effect.
 */
public abstract class RecordedTypes implements RequestType<JsonNode> {

    private final String name;
    private final List<String> steps;

    RecordedTypes(String name, String... steps) {
        this.name = name;
        this.steps = List.of(steps);
    }

    /** A type with four steps. */
    public static final class Four extends RecordedTypes {
        public Four() {
            super("four", "s1", "s2", "s3", "s4");
        }
    }

    /** A type with one step, which failed when its item was recorded. */
    public static final class FailFast extends RecordedTypes {
        public FailFast() {
            super("fail-fast", "no");
        }
    }

    @Override
    public Definition<JsonNode> define() {
        var type =
                Definition.of(name, JsonNode.class)
                        .schema("{\"type\":\"object\"}")
                        .example(Json.MAPPER.createObjectNode());
        steps.forEach(step -> type.step(step, String.class, StepContext::effectKey));
        return type.build();
    }
}
