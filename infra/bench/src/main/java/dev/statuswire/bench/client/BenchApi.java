package dev.statuswire.bench.client;

import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Calls a running Statuswire over HTTP. Each call blocks until its response. Thread-safe. */
public final class BenchApi {

    /** The HTTP and WebSocket client of all benchmarks. */
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The ids increase with time, like those of clients that want an ordered list. */
    private static final AtomicLong NEXT_ID = new AtomicLong(System.currentTimeMillis() << 20);

    private final URI page;
    private final String submission;

    /**
     * Calls the runtime at {@code page} and submits notes of {@value BenchNote#LETTERS} letters.
     */
    public BenchApi(URI page) {
        this(page, BenchNote.LETTERS);
    }

    /** Calls the runtime at {@code page} and submits notes with {@code letters} letters. */
    public BenchApi(URI page, int letters) {
        this.page = page;
        this.submission =
                "{\"type\":\"%s\",\"input\":%s}"
                        .formatted(BenchNote.NAME, BenchNote.input(letters));
    }

    /** Returns a new, unused id. */
    public static String newId() {
        return "bench-%016x".formatted(NEXT_ID.getAndIncrement());
    }

    /** Submits a note. */
    public HttpResponse<String> submit(String id) {
        return send(
                request("/requests/" + id)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(submission)));
    }

    /** Reads a request's status, unless it still has this entity tag. */
    public HttpResponse<String> status(String id, Optional<String> etag) {
        HttpRequest.Builder get = request("/status/" + id);
        etag.ifPresent(it -> get.header("If-None-Match", it));
        return send(get);
    }

    /** Reads the newest 50 requests. */
    public HttpResponse<String> list() {
        return send(request("/requests?limit=50"));
    }

    /** Returns the URL of a new live connection, with a ticket in it. */
    URI liveUrl() {
        String ticket = send(request("/live/tickets").POST(BodyPublishers.noBody())).body();
        return URI.create(Json.parse(ticket).orElseThrow().path("url").textValue());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(page.resolve(path)).timeout(TIMEOUT);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Returns whether a server on this port of the local host sends any response. */
    public static boolean responds(int port) {
        URI root = URI.create("http://127.0.0.1:" + port + "/");
        try {
            send(HttpRequest.newBuilder(root).timeout(TIMEOUT));
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /**
     * Checks a response's status.
     *
     * @throws IllegalStateException if the status is different
     */
    public static void expect(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(
                    "expected %d: %s %s".formatted(status, response, response.body()));
        }
    }
}
