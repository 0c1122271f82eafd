package dev.statuswire.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Pace;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepWork;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Request types for tests, whose input is any JSON unless a schema says otherwise. */
public final class TestType {

    private TestType() {}

    /** Returns a quick type with steps of the given names that do nothing. */
    public static Definition<JsonNode> of(String name, String... steps) {
        return of(name, Pace.QUICK, stepsOf(steps));
    }

    /** Returns a type with the given steps. */
    public static Definition<JsonNode> of(String name, Pace pace, List<TestStep> steps) {
        Definition.Builder<JsonNode> type = builder(name, "{}");
        steps.forEach(step -> step.addTo(type));
        return (pace == Pace.SLOW ? type.slow() : type).build();
    }

    /** Returns a single type, whose input has this schema and whose only step does nothing. */
    public static RequestTypes withSchema(String name, String schema) {
        Definition.Builder<JsonNode> type = builder(name, schema);
        stepsOf("one").forEach(step -> step.addTo(type));
        return RequestTypes.of(List.of(type.build()));
    }

    /** Starts a type whose input has this schema; it has no steps yet. */
    public static Definition.Builder<JsonNode> builder(String name, String schema) {
        return Definition.of(name, JsonNode.class)
                .description(name)
                .schema(schema)
                .example(JsonNodeFactory.instance.objectNode());
    }

    /** Returns steps with the given names that do nothing. */
    public static List<TestStep> stepsOf(String... names) {
        return Stream.of(names)
                .map(name -> TestStep.of(name, _ -> JsonNodeFactory.instance.objectNode()))
                .toList();
    }

    /** A step of a test type. */
    public record TestStep(
            String name, StepWork<JsonNode, JsonNode> work, Duration timeLimit, Retry retry) {

        /** Returns a step with a time limit of 10 minutes and two retries. */
        public static TestStep of(String name, StepWork<JsonNode, JsonNode> work) {
            return new TestStep(name, work, Duration.ofMinutes(10), Retry.times(2));
        }

        /** Returns this step with another time limit. */
        public TestStep within(Duration limit) {
            return new TestStep(name, work, limit, retry);
        }

        /** Returns this step with another policy. */
        public TestStep retried(Retry policy) {
            return new TestStep(name, work, timeLimit, policy);
        }

        void addTo(Definition.Builder<JsonNode> type) {
            type.step(name, JsonNode.class, work, step -> step.timeLimit(timeLimit).retry(retry));
        }
    }
}
