package dev.statuswire.tests.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Pace;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/**
 * A request type for tests of the runtime as a process: each step has one effect, which the test's
 * {@link EffectSink} records under the step's effect key. The step's output contains the fence
 * under which it ran.
 *
 * <p>All members of the input are optional: {@code delayMillis}, how long the sink waits before it
 * responds to an effect; {@code failStep} with {@code failTimes}, a step whose first calls the sink
 * refuses; {@code reject}, whether a refusal fails the request.
 */
public abstract class EffectType implements RequestType<JsonNode> {

    /** The environment variable with the URL of the sink. */
    static final String SINK = "STATUSWIRE_TEST_SINK";

    private final String name;
    private final Pace pace;
    private final List<String> steps;

    EffectType(String name, Pace pace, List<String> steps) {
        this.name = name;
        this.pace = pace;
        this.steps = steps;
    }

    @Override
    public Definition<JsonNode> define() {
        ParentWatch.start();
        var type =
                Definition.of(name, JsonNode.class)
                        .schema("{\"type\":\"object\"}")
                        .example(Json.MAPPER.createObjectNode());
        for (int i = 0; i < steps.size(); i++) {
            int index = i;
            type.step(steps.get(i), JsonNode.class, context -> run(context, index));
        }
        return (pace == Pace.SLOW ? type.slow() : type).build();
    }

    /** Returns the body that submits a request of this type. */
    public static String submission(String type, String input) {
        return "{\"type\":\"%s\",\"input\":%s}".formatted(type, input);
    }

    private JsonNode run(StepContext<JsonNode> context, int index) throws Exception {
        if (index > 0) {
            // Throws if the output is missing.
            context.output(steps.get(index - 1), JsonNode.class);
        }
        HttpResponse<String> answer = call(sink(context), body(context, steps.get(index)));
        return switch (answer.statusCode()) {
            case 200 -> Json.parse(answer.body()).orElseThrow();
            case 503 -> throw new TryLater("sink-busy", "The sink is busy.");
            default -> throw new StepFailed("sink-refused", "The sink refused the effect.");
        };
    }

    private static ObjectNode body(StepContext<JsonNode> context, String step) {
        JsonNode input = context.input();
        boolean fails = step.equals(input.path("failStep").asText());
        return Json.MAPPER
                .createObjectNode()
                .put("key", context.effectKey())
                .put("fence", context.fencingToken())
                .put("run", UUID.randomUUID().toString())
                .put("delayMillis", input.path("delayMillis").asInt())
                .put("failTimes", fails ? input.path("failTimes").asInt() : 0)
                .put("reject", input.path("reject").asBoolean());
    }

    private static URI sink(StepContext<JsonNode> context) {
        return URI.create(context.environment().setting(SINK).orElseThrow());
    }

    private static HttpResponse<String> call(URI sink, JsonNode body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(sink)
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build();
        return Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Created when the first step runs. */
    private static final class Http {
        static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
