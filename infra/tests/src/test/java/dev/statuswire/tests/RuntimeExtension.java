package dev.statuswire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.tests.faults.ServiceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole runtime, in memory, one for each test class, in a field {@code @RegisterExtension
 * static final}.
 */
public final class RuntimeExtension implements AfterAllCallback, AutoCloseable {

    private static final Set<String> FINISHED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private static final TransitionTiming TIMING =
            new TransitionTiming(
                    Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));

    /** Requests are offered again after a second, so the sweeper runs every second. */
    public static final LocalSettings SWEPT_EACH_SECOND =
            LocalSettings.forTests(
                    new TransitionTiming(
                            Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofDays(7)));

    private final LocalRuntime runtime;
    private final ApiClient api;

    public RuntimeExtension() {
        this(Map.of());
    }

    /** Starts a runtime with these environment variables. */
    public RuntimeExtension(Map<String, String> environment) {
        this(LocalSettings.forTests(TIMING, environment));
    }

    /** Starts a runtime with these settings. */
    public RuntimeExtension(LocalSettings settings) {
        runtime = LocalRuntime.start(settings);
        api = new ApiClient(runtime.pageUri().getPort());
    }

    /** Starts a runtime that has these request types in addition to those that ship. */
    public static RuntimeExtension withTypes(List<Class<? extends RequestType<?>>> types) {
        return withTypes(Map.of(), types);
    }

    /** Does the same, with these environment variables. */
    public static RuntimeExtension withTypes(
            Map<String, String> environment, List<Class<? extends RequestType<?>>> types) {
        return withTypes(LocalSettings.forTests(TIMING, environment), types);
    }

    /** Does the same, with these settings. */
    public static RuntimeExtension withTypes(
            LocalSettings settings, List<Class<? extends RequestType<?>>> types) {
        try {
            Path folder = Files.createTempDirectory("request-types");
            folder.toFile().deleteOnExit();
            return ServiceFolder.with(
                    ServiceFolder.in(folder, types), () -> new RuntimeExtension(settings));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public LocalRuntime runtime() {
        return runtime;
    }

    public ApiClient api() {
        return api;
    }

    public URI page() {
        return runtime.pageUri();
    }

    /**
     * Submits a request with a new id, and returns the id; fails unless the request is accepted.
     */
    public String submit(String type, String input) {
        String id = ApiClient.newId();
        submit(id, type, input);
        return id;
    }

    /** Submits a request under {@code id}; fails unless it is accepted. */
    public void submit(String id, String type, String input) {
        Answer answer =
                api.putJson(
                        "/requests/" + id, "{\"type\":\"%s\",\"input\":%s}".formatted(type, input));
        if (answer.status() != 202) {
            throw new AssertionError(answer);
        }
    }

    public JsonNode status(String id) {
        return api.get("/status/" + id).json();
    }

    /** Waits until the request has {@code status}, and returns it. */
    public JsonNode await(String id, String status) {
        return Await.get(
                id + " " + status,
                () ->
                        Optional.of(status(id))
                                .filter(it -> status.equals(it.get("status").asText())));
    }

    /** Waits until the request is finished, and returns it. */
    public JsonNode finished(String id) {
        return Await.get(
                id + " finished",
                () ->
                        Optional.of(status(id))
                                .filter(it -> FINISHED.contains(it.get("status").asText())));
    }

    /** Cancels the newest unfinished requests of the owner without a login. */
    public void cancelUnfinished() {
        for (JsonNode request : api.get("/requests?limit=100").json().path("requests")) {
            if (!FINISHED.contains(request.get("status").asText())) {
                api.post("/requests/" + request.get("id").asText() + "/cancel");
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
