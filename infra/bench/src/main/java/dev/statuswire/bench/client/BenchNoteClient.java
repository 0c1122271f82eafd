package dev.statuswire.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.bench.result.Samples;
import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Submits notes and waits for their final states on one live connection. Unlike the tests' {@code
 * PageClient}, it keeps no documents, which would slow it down during a long load. Calls block.
 * Thread-safe.
 */
public final class BenchNoteClient implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;
    private static final int TOO_MANY_REQUESTS = 429;

    private final ApiClient api;
    private final String submission;
    private final Map<String, CompletableFuture<FinalState>> pending = new ConcurrentHashMap<>();
    private final LiveSocket socket;

    /**
     * A final state as the live connection received it.
     *
     * @param at {@link System#nanoTime} at that moment
     */
    public record FinalState(Status status, long at) {}

    /** Opens the live connection. Returns when it is subscribed. */
    public BenchNoteClient(ApiClient api) {
        this(api, BenchNote.LETTERS);
    }

    /** Does the same, for notes with {@code letters} letters. */
    public BenchNoteClient(ApiClient api, int letters) {
        this.api = api;
        this.submission = BenchNote.submission(letters);
        this.socket = LiveSocket.subscribedUnparsed(api, this::onFrame);
    }

    /** Returns the API that this client submits to. */
    public ApiClient api() {
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

    /** Submits a note and returns the response. */
    Answer submit(String id) {
        return api.putJson("/requests/" + id, submission);
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
        String id = ApiClient.newId();
        CompletableFuture<FinalState> end = finalState(id);
        long start = System.nanoTime();
        Answer response = submit(id);
        while (response.status() == TOO_MANY_REQUESTS) {
            Thread.sleep(Duration.ofSeconds(Long.parseLong(response.header("Retry-After"))));
            start = System.nanoTime();
            response = submit(id);
        }
        accepted.add(System.nanoTime() - start);
        response.expect(202);
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
