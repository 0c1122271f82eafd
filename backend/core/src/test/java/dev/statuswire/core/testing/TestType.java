package dev.statuswire.core.testing;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import java.util.List;
import java.util.stream.Stream;

/** A request type that follows every rule, unless a test breaks one. */
public record TestType(
        String name,
        Pace pace,
        String inputSchema,
        String example,
        int maxFailures,
        List<Step> steps)
        implements RequestType {

    /** Returns a valid type with steps of the given names that do nothing. */
    public static TestType of(String name, String... steps) {
        return of(name, Pace.QUICK, stepsOf(steps));
    }

    /** Returns a valid type with the given steps. */
    public static TestType of(String name, Pace pace, List<Step> steps) {
        return new TestType(name, pace, "{}", "{}", 3, steps);
    }

    /** Returns steps with the given names that do nothing. */
    public static List<Step> stepsOf(String... names) {
        return Stream.of(names)
                .map(name -> Step.of(name, _ -> Json.MAPPER.createObjectNode()))
                .toList();
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public String description() {
        return name;
    }
}
