package dev.statuswire.notifier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import java.util.List;

/** A type of one step, {@code think}. */
public final class TestType implements RequestType {

    /** Its name. */
    public static final String NAME = "ponder";

    /** A process that has just this type. */
    public static RequestTypes types() {
        return RequestTypes.of(List.of(new TestType()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Ponder";
    }

    @Override
    public String description() {
        return "Thinks.";
    }

    @Override
    public String inputSchema() {
        return "{}";
    }

    @Override
    public String example() {
        return "{}";
    }

    @Override
    public Pace pace() {
        return Pace.QUICK;
    }

    @Override
    public List<Step> steps() {
        return List.of(new Think());
    }

    private static final class Think implements Step {

        @Override
        public String name() {
            return "think";
        }

        @Override
        public JsonNode run(StepContext context) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
