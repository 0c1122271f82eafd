package dev.statuswire.tests.faults;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The whole runtime, with a proxy between it and its database. */
final class FaultyRuntime implements AutoCloseable {

    private static final Duration RETENTION = Duration.ofDays(7);

    private final DynamoDbEngine engine = EmbeddedDynamoDb.inMemory(0);
    private final FaultProxy database = new FaultProxy(engine.endpoint());
    private final LocalRuntime runtime;
    private final ApiClient api;

    FaultyRuntime(Path types, Duration lease) {
        var settings =
                new LocalSettings(
                        LocalSettings.ListenAddress.onLoopback(0),
                        new LocalSettings.Database.External(database.uri()),
                        new TransitionTiming(lease, lease, RETENTION),
                        List.of(),
                        Optional.empty(),
                        Map.of());
        runtime = ServiceFolder.with(types, () -> LocalRuntime.start(settings));
        api = new ApiClient(runtime.pageUri().getPort());
    }

    FaultProxy database() {
        return database;
    }

    ApiClient api() {
        return api;
    }

    /** Reads all versions of all requests from the table's stream, bypassing the proxy. */
    Histories histories() {
        return Histories.read(engine);
    }

    Answer submit(String id, String type, String input) {
        return api.putJson(
                "/requests/" + id, "{\"type\":\"%s\",\"input\":%s}".formatted(type, input));
    }

    /** Submits a request until it is accepted, and returns its id. */
    String accepted(String type, String input) {
        String id = ApiClient.newId();
        accepted(id, type, input);
        return id;
    }

    /**
     * Submits a request until it is accepted, as a client would. After a fault, some connections
     * turn out to be broken only when they are used, and one call tries at most three of them.
     */
    void accepted(String id, String type, String input) {
        Await.until(id + " accepted", () -> submit(id, type, input).status() < 300);
    }

    String status(String id) {
        Answer answer = api.get("/status/" + id);
        return answer.status() == 200 ? answer.json().get("status").asText() : "";
    }

    void await(String id, String status) {
        Await.until(id + " " + status, () -> status.equals(status(id)));
    }

    void awaitHealth(int status) {
        Await.until("/health " + status, () -> api.get("/health").status() == status);
    }

    /**
     * Returns the response to {@code call}; fails if there is none within {@code bound}. The bound
     * is far longer than the clients' timeouts, so that only a call that hangs fails.
     */
    static Answer within(Duration bound, Supplier<Answer> call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return CompletableFuture.supplyAsync(call, threads)
                    .get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            throw new AssertionError("no response within " + bound, hangs);
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        database.heal();
        runtime.close();
        database.close();
        engine.close();
    }
}
