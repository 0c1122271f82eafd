package dev.statuswire.processor.work;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Request types whose steps are what a test says. */
public final class Scripted {

    private Scripted() {}

    /** A quick one, called {@code scripted}. */
    public static TestType quick(Step... steps) {
        return TestType.of("scripted", Pace.QUICK, List.of(steps));
    }

    /** A slow one, called {@code scripted}. */
    public static TestType slow(Step... steps) {
        return TestType.of("scripted", Pace.SLOW, List.of(steps));
    }

    /** A step that returns {@code {"n":…}} of how often it ran, and counts it. */
    public static Step counting(String name, AtomicInteger runs) {
        return Step.of(name, _ -> Json.MAPPER.createObjectNode().put("n", runs.incrementAndGet()));
    }
}
