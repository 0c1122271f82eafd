package dev.statuswire.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/**
 * A short life of the runtime, so that the JVM can record which classes a real one needs (its AOT
 * cache) and the next start is quick.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: Ahead-of-Time Command-Line Ergonomics</a>
 */
final class Rehearsal {

    private static final List<String> READS =
            List.of("/health", "/types", "/requests", "/metrics", "/openapi.yaml", "/");

    private final URI page;
    private final HttpClient http = HttpClient.newHttpClient();

    Rehearsal(URI page) {
        this.page = page;
    }

    void run() throws IOException, InterruptedException {
        for (String path : READS) {
            send(HttpRequest.newBuilder(page.resolve(path)));
        }
        String id = "rehearsal-" + UUID.randomUUID();
        send(
                HttpRequest.newBuilder(page.resolve("/requests/" + id))
                        .header("Content-Type", "application/json")
                        .PUT(
                                HttpRequest.BodyPublishers.ofString(
                                        """
                                        {"type":"place-order","input":{"dish":"soup","quantity":1}}
                                        """)));
        send(HttpRequest.newBuilder(page.resolve("/status/" + id)).header("Prefer", "wait=5"));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }
}
