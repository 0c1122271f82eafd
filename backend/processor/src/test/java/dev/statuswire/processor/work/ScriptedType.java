package dev.statuswire.processor.work;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A request type whose steps are what a test says. */
public record ScriptedType(String name, Pace pace, List<Step> steps) implements RequestType {

    /** A quick one, called {@code scripted}. */
    public static ScriptedType quick(Step... steps) {
        return new ScriptedType("scripted", Pace.QUICK, List.of(steps));
    }

    /** A step that returns {@code {"n":…}} of how often it ran, and counts it. */
    public static Step counting(String name, AtomicInteger runs) {
        return Step.of(name, _ -> Json.MAPPER.createObjectNode().put("n", runs.incrementAndGet()));
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
        return "{}";
    }

    @Override
    public String example() {
        return "{}";
    }
}
