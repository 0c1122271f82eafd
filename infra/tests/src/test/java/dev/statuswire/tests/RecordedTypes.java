package dev.statuswire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * The request types of the recorded items that are not shipped. Each step returns the key that it
 * would use for its effect.
 */
public abstract class RecordedTypes implements RequestType {

    private final String name;
    private final List<Step> steps;

    RecordedTypes(String name, String... steps) {
        this.name = name;
        this.steps = Stream.of(steps).map(step -> Step.of(step, RecordedTypes::run)).toList();
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

    private static JsonNode run(StepContext context) {
        return TextNode.valueOf(context.effectKey());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public String inputSchema() {
        return "{\"type\":\"object\"}";
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
        return steps;
    }
}
