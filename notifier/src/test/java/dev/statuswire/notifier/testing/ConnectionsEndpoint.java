package dev.statuswire.notifier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An HTTP server that replaces {@code @connections}. Responds to the calls of each connection with
 * a list of status codes, the last of which is repeated, and by default with success. Thread-safe.
 */
public final class ConnectionsEndpoint implements AutoCloseable {

    /** Instead of a status code: no response until the server stops. */
    public static final int HANG = 0;

    private static final String PATH = "/live/@connections/";

    /** A call that the server received. */
    public record Call(String method, String connectionId, String body) {}

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<String, Deque<Integer>> answers = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** Starts the server on a free port. */
    public ConnectionsEndpoint() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::respond);
        server.setExecutor(threads);
        server.start();
    }

    /** Returns the server's URI, with a stage as on AWS. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/live");
    }

    /** Sets the responses to {@code method}, which is POST or DELETE, of the connection. */
    public synchronized void respond(String method, String connectionId, Integer... statuses) {
        answers.put(method + connectionId, new ArrayDeque<>(Arrays.asList(statuses)));
    }

    /** Returns what has been posted to the connection, in the order of arrival. */
    public synchronized List<JsonNode> posted(String connectionId) {
        return calls.stream()
                .filter(call -> call.equals(new Call("POST", connectionId, call.body())))
                .map(call -> Json.parse(call.body()).orElseThrow())
                .toList();
    }

    /** Returns the size of each post to the connection, in bytes. */
    public synchronized List<Integer> sizes(String connectionId) {
        return calls.stream()
                .filter(call -> call.equals(new Call("POST", connectionId, call.body())))
                .map(call -> call.body().getBytes(StandardCharsets.UTF_8).length)
                .toList();
    }

    /** Returns how often each connection was to be closed. */
    public synchronized Map<String, Long> closed() {
        return calls.stream()
                .filter(call -> call.method().equals("DELETE"))
                .collect(Collectors.groupingBy(Call::connectionId, Collectors.counting()));
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status =
                    path.startsWith(PATH)
                            ? next(
                                    new Call(
                                            exchange.getRequestMethod(),
                                            path.substring(PATH.length()),
                                            body))
                            : 404;
            if (status == HANG) {
                stopping.await();
            } else {
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int next(Call call) {
        calls.add(call);
        Deque<Integer> statuses = answers.get(call.method() + call.connectionId());
        if (statuses == null) {
            return call.method().equals("POST") ? 200 : 204;
        }
        return statuses.size() > 1 ? statuses.remove() : statuses.element();
    }

    @Override
    public void close() {
        stopping.countDown();
        server.stop(0);
        threads.close();
    }
}
