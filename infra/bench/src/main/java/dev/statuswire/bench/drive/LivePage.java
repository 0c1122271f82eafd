package dev.statuswire.bench.drive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Status;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** An open page: hears of each change, and tells when a request was seen to have finished. */
public final class LivePage implements AutoCloseable {

    private final Sockets sockets = new Sockets();
    private final Map<String, CompletableFuture<Seen>> awaited = new ConcurrentHashMap<>();

    /**
     * The end of a request as the page saw it.
     *
     * @param at by {@link System#nanoTime}
     */
    public record Seen(Status status, long at) {}

    /** Opens one. Returns once it is subscribed. */
    public static LivePage open(Api api) throws InterruptedException {
        var page = new LivePage();
        page.sockets.subscribe(api, page::heard);
        return page;
    }

    /** Completes when {@code id} is seen to have finished; to be asked before it is submitted. */
    public CompletableFuture<Seen> finished(String id) {
        return awaited.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    private void heard(String text) {
        long now = System.nanoTime();
        JsonNode request = Json.parse(text).orElseThrow().path("request");
        if (!request.has("status")) {
            return;
        }
        var status = Status.valueOf(request.path("status").textValue());
        if (status.finished()) {
            var waiting = awaited.remove(request.path("id").textValue());
            if (waiting != null) {
                waiting.complete(new Seen(status, now));
            }
        }
    }

    @Override
    public void close() {
        sockets.close();
    }
}
