package dev.statuswire.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Submits notes and waits for their final states on one live connection, as a page does. Calls
 * block. Thread-safe.
 */
public final class BenchNoteClient implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;
    private static final int TOO_MANY_REQUESTS = 429;

    private final BenchApi api;
    private final Map<String, CompletableFuture<FinalState>> pending = new ConcurrentHashMap<>();
    private final BenchSocket socket;

    /**
     * A final state as the live connection received it.
     *
     * @param at {@link System#nanoTime} at that moment
     */
    public record FinalState(Status status, long at) {}

    /** Opens the live connection. Returns when it is subscribed. */
    public BenchNoteClient(BenchApi api) throws InterruptedException {
        this.api = api;
        this.socket = BenchSocket.subscribe(api, this::onFrame);
    }

    /** Returns the API that this client submits to. */
    public BenchApi api() {
        return api;
    }

    /**
     * Completes when the connection receives the request's final state; call it before submitting.
     */
    CompletableFuture<FinalState> finalState(String id) {
        return pending.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    private void onFrame(String text) {
        long now = System.nanoTime();
        JsonNode request = Json.parse(text).orElseThrow().path("request");
        if (!request.has("status")) {
            return;
        }
        var status = Status.valueOf(request.path("status").textValue());
        if (status.finished()) {
            var waiting = pending.remove(request.path("id").textValue());
            if (waiting != null) {
                waiting.complete(new FinalState(status, now));
            }
        }
    }

    /** Submits a note and waits until it has succeeded; see {@link #submit(Samples, Samples)}. */
    public String submit() throws InterruptedException {
        return submit(new Samples(), new Samples());
    }

    /**
     * Submits a note and waits until it has succeeded. If the server is overloaded, retries after
     * {@code Retry-After} and measures only the last attempt.
     *
     * @param accepted receives the time until the 202
     * @param finished receives the time until the final state was received
     * @return the note's id
     * @throws IllegalStateException if the note is not accepted or does not succeed
     */
    public String submit(Samples accepted, Samples finished) throws InterruptedException {
        String id = BenchApi.newId();
        CompletableFuture<FinalState> end = finalState(id);
        long start = System.nanoTime();
        HttpResponse<String> response = api.submit(id);
        while (response.statusCode() == TOO_MANY_REQUESTS) {
            var seconds = response.headers().firstValueAsLong("Retry-After").orElseThrow();
            Thread.sleep(Duration.ofSeconds(seconds));
            start = System.nanoTime();
            response = api.submit(id);
        }
        accepted.add(System.nanoTime() - start);
        BenchApi.expect(202, response);
        try {
            FinalState state = end.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (state.status() != Status.SUCCEEDED) {
                throw new IllegalStateException(id + " is " + state.status());
            }
            finished.add(state.at() - start);
            return id;
        } catch (ExecutionException | TimeoutException lost) {
            throw new IllegalStateException(id + ": no final state received", lost);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
