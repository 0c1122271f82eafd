package dev.statuswire.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.Timing;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole runtime, in memory, one a test class: {@code @RegisterExtension static final}. */
final class RunningLocally implements AfterAllCallback {

    private static final Set<String> FINISHED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private static final Timing TIMING =
            new Timing(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));

    private final LocalRuntime runtime;
    private final ApiClient api;

    RunningLocally() {
        this(Map.of());
    }

    /** With these variables. */
    RunningLocally(Map<String, String> environment) {
        runtime = LocalRuntime.start(LocalSettings.forTests(TIMING, environment));
        api = new ApiClient(runtime.pageUri().getPort());
    }

    LocalRuntime runtime() {
        return runtime;
    }

    ApiClient api() {
        return api;
    }

    URI page() {
        return runtime.pageUri();
    }

    /** Submits a request of a new id, which has to be accepted; its id. */
    String submit(String type, String input) {
        String id = ApiClient.newId();
        Answer answer =
                api.putJson(
                        "/requests/" + id, "{\"type\":\"%s\",\"input\":%s}".formatted(type, input));
        if (answer.status() != 202) {
            throw new AssertionError(answer);
        }
        return id;
    }

    JsonNode status(String id) {
        return api.get("/status/" + id).json();
    }

    /** The request once it has {@code status}. */
    JsonNode await(String id, String status) {
        return Await.get(
                id + " " + status,
                () ->
                        Optional.of(status(id))
                                .filter(it -> status.equals(it.get("status").asText())));
    }

    /** The request once it is finished. */
    JsonNode finished(String id) {
        return Await.get(
                id + " finished",
                () ->
                        Optional.of(status(id))
                                .filter(it -> FINISHED.contains(it.get("status").asText())));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        runtime.close();
    }
}
