package dev.statuswire.tests.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.core.type.TryLater;
import dev.statuswire.core.type.TypeEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request type for tests of the runtime as a process: each step has one effect, which the test's
 * {@link EffectSink} records under the step's effect key. The step's output contains the fence
 * under which it ran.
 *
 * <p>All members of the input are optional: {@code delayMillis}, how long the sink waits before it
 * responds to an effect; {@code failStep} with {@code failTimes}, a step whose first calls the sink
 * refuses; {@code reject}, whether a refusal fails the request.
 */
public abstract class EffectType implements RequestType {

    /** The environment variable with the URL of the sink. */
    static final String SINK = "STATUSWIRE_TEST_SINK";

    private final String name;
    private final Pace pace;
    private final List<Step> steps;
    private volatile @Nullable URI sink;

    EffectType(String name, Pace pace, List<String> steps) {
        this.name = name;
        this.pace = pace;
        this.steps =
                IntStream.range(0, steps.size())
                        .mapToObj(index -> Step.of(steps.get(index), on -> run(on, index)))
                        .toList();
    }

    /** Returns the body that submits a request of this type. */
    public static String submission(String type, String input) {
        return "{\"type\":\"%s\",\"input\":%s}".formatted(type, input);
    }

    @Override
    public void init(TypeEnvironment environment) {
        sink = environment.setting(SINK).map(URI::create).orElse(null);
        ParentWatch.start();
    }

    private JsonNode run(StepContext context, int index) throws Exception {
        if (index > 0 && context.output(steps.get(index - 1).name()).isEmpty()) {
            throw new StepFailed("no-output", "The previous step has no output.");
        }
        HttpResponse<String> answer = call(body(context, steps.get(index).name()));
        return switch (answer.statusCode()) {
            case 200 -> Json.parse(answer.body()).orElseThrow();
            case 503 -> throw new TryLater("sink-busy", "The sink is busy.");
            default -> throw new StepFailed("sink-refused", "The sink refused the effect.");
        };
    }

    private static ObjectNode body(StepContext context, String step) {
        JsonNode input = context.input();
        boolean fails = step.equals(input.path("failStep").asText());
        return Json.MAPPER
                .createObjectNode()
                .put("key", context.effectKey())
                .put("fence", context.request().fence())
                .put("run", UUID.randomUUID().toString())
                .put("delayMillis", input.path("delayMillis").asInt())
                .put("failTimes", fails ? input.path("failTimes").asInt() : 0)
                .put("reject", input.path("reject").asBoolean());
    }

    private HttpResponse<String> call(JsonNode body) throws IOException, InterruptedException {
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
        return pace;
    }

    @Override
    public List<Step> steps() {
        return steps;
    }
}
