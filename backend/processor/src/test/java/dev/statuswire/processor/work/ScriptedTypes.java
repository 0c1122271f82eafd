package dev.statuswire.processor.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.testing.TestType.TestStep;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Pace;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Request types whose steps a test defines. */
public final class ScriptedTypes {

    private ScriptedTypes() {}

    /** Returns a quick type with the name {@code scripted}. */
    public static Definition<JsonNode> quick(TestStep... steps) {
        return TestType.of("scripted", Pace.QUICK, List.of(steps));
    }

    /** Returns a slow type with the name {@code scripted}. */
    public static Definition<JsonNode> slow(TestStep... steps) {
        return TestType.of("scripted", Pace.SLOW, List.of(steps));
    }

    /** Returns a step that counts its runs and outputs the count as {@code {"n":…}}. */
    public static TestStep counting(String name, AtomicInteger runs) {
        return TestStep.of(
                name, _ -> Json.MAPPER.createObjectNode().put("n", runs.incrementAndGet()));
    }
}
