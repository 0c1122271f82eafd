package dev.statuswire.processor.work;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Request types whose steps a test defines. */
public final class ScriptedTypes {

    private ScriptedTypes() {}

    /** Returns a quick type with the name {@code scripted}. */
    public static TestType quick(Step... steps) {
        return TestType.of("scripted", Pace.QUICK, List.of(steps));
    }

    /** Returns a slow type with the name {@code scripted}. */
    public static TestType slow(Step... steps) {
        return TestType.of("scripted", Pace.SLOW, List.of(steps));
    }

    /** Returns a step that counts its runs and outputs the count as {@code {"n":…}}. */
    public static Step counting(String name, AtomicInteger runs) {
        return Step.of(name, _ -> Json.MAPPER.createObjectNode().put("n", runs.incrementAndGet()));
    }
}
