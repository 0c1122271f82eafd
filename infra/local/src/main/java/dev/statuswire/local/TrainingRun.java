package dev.statuswire.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives a runtime enough work that the JVM can record in its AOT cache which classes are loaded and
 * which methods are hot, so that later starts are fast and not slow at first.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: Ahead-of-Time Command-Line Ergonomics</a>
 * @see <a href="https://openjdk.org/jeps/515">JEP 515: Ahead-of-Time Method Profiling</a>
 */
final class TrainingRun {

    private static final List<String> READS =
            List.of("/health", "/types", "/requests", "/metrics", "/openapi.yaml", "/");
    private static final int ORDERS = 200;
    private static final int REGISTRATIONS = 100;
    private static final int AT_ONCE = 10;

    /** Each page receives every change, so the JVM records that pushing is hot. */
    private static final int PAGES = 48;

    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");

    private final URI page;
    private final HttpClient http = HttpClient.newHttpClient();

    TrainingRun(URI page) {
        this.page = page;
    }

    void run() {
        READS.forEach(path -> text(request(path)).join());
        List<WebSocket> live = Stream.generate(this::openLive).limit(PAGES).toList();
        for (int n = 0; n < ORDERS + REGISTRATIONS; n += AT_ONCE) {
            CompletableFuture.allOf(accepted(n)).join();
        }
        for (int n = 0; n < ORDERS + REGISTRATIONS; n++) {
            text(request("/status/" + id(n)).header("Prefer", "wait=20")).join();
        }
        READS.forEach(path -> text(request(path)).join());
        live.forEach(WebSocket::abort);
    }

    private CompletableFuture<?>[] accepted(int first) {
        return IntStream.range(first, first + AT_ONCE)
                .mapToObj(n -> text(n < ORDERS ? order(n) : registration(n)))
                .toArray(CompletableFuture<?>[]::new);
    }

    private HttpRequest.Builder order(int n) {
        return submit(n, "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"quantity\":1}}");
    }

    private HttpRequest.Builder registration(int n) {
        return submit(
                n,
                """
                {"type":"register-user","input":
                 {"name":"R","email":"r%d@example.com","username":"rehearsal-%d"}}
                """
                        .formatted(n, n));
    }

    private HttpRequest.Builder submit(int n, String body) {
        return request("/requests/" + id(n))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String id(int n) {
        return "rehearsal-" + n;
    }

    private WebSocket openLive() {
        String response =
                text(request("/live/tickets").POST(HttpRequest.BodyPublishers.noBody())).join();
        Matcher ticket = TICKET.matcher(response);
        if (!ticket.find()) {
            throw new IllegalStateException("no ticket in " + response);
        }
        URI live = URI.create("ws://" + page.getAuthority() + "/live?ticket=" + ticket.group(1));
        WebSocket socket =
                http.newWebSocketBuilder().buildAsync(live, new WebSocket.Listener() {}).join();
        var _ = socket.sendText("{\"action\":\"subscribe\"}", true).join();
        return socket;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(page.resolve(path));
    }

    private CompletableFuture<String> text(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }
}
