package dev.statuswire.tests.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emulates Lambda's Runtime API for one execution environment: hands out events one by one, and
 * receives their outcomes. Prints how long the function took to start and for its first invocation.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API for custom runtimes</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String NEXT = "/2018-06-01/runtime/invocation/next";
    private static final String RESTORE = "/2018-06-01/runtime/restore/next";
    private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";
    private static final Pattern ANSWER =
            Pattern.compile("/2018-06-01/runtime/invocation/([^/]+)/(response|error)");
    private static final Duration TIME_OUT = Duration.ofMinutes(15);

    /** The outcome of an event. */
    sealed interface Answer {

        /** The handler returned. */
        record Returned(String json) implements Answer {}

        /** The invocation was reported as failed. */
        record Failed(String type, String json) implements Answer {}
    }

    private record Event(String id, String json) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Answer.Failed> initError = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final String function;
    private final long started = System.nanoTime();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong handedOut = new AtomicLong();
    private final AtomicBoolean measured = new AtomicBoolean();
    private volatile boolean restored;

    /** Listens on a free port. The function's process must be started right afterwards. */
    RuntimeApi(String function) throws IOException {
        this.function = function;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Queues an event; the result completes with its outcome. */
    CompletableFuture<Answer> invoke(String json) {
        var event = new Event(UUID.randomUUID().toString(), json);
        var answer = new CompletableFuture<Answer>();
        answers.put(event.id(), answer);
        events.add(event);
        return answer;
    }

    /**
     * Returns the error with which the function failed to start; completes once the function
     * reports it.
     */
    CompletableFuture<Answer.Failed> initError() {
        return initError;
    }

    /** Returns whether the function has asked to be restored from its snapshot. */
    boolean wasRestored() {
        return restored;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher answer = ANSWER.matcher(path);
            if (path.equals(NEXT)) {
                next(exchange);
            } else if (path.equals(RESTORE)) {
                restored = true;
                exchange.sendResponseHeaders(200, -1);
            } else if (path.equals(INIT_ERROR)) {
                initError.complete(failed(exchange));
                accept(exchange);
            } else if (answer.matches()) {
                answered(answer.group(1), answer.group(2), exchange);
                accept(exchange);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        asked.compareAndSet(0, System.nanoTime());
        Event event = events.take();
        handedOut.compareAndSet(0, System.nanoTime());
        byte[] body = event.json().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", event.id());
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(Instant.now().plus(TIME_OUT).toEpochMilli()));
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:any");
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void answered(String id, String how, HttpExchange exchange) throws IOException {
        CompletableFuture<Answer> answer = answers.remove(id);
        if (answer == null) {
            throw new IOException("unknown invocation, or a second response: " + id);
        }
        printFirst();
        answer.complete(
                how.equals("response") ? new Answer.Returned(body(exchange)) : failed(exchange));
    }

    private void printFirst() {
        if (measured.compareAndSet(false, true)) {
            System.out.printf(
                    "%s: init %d ms, first invocation %d ms%n",
                    function,
                    Duration.ofNanos(asked.get() - started).toMillis(),
                    Duration.ofNanos(System.nanoTime() - handedOut.get()).toMillis());
        }
    }

    private static Answer.Failed failed(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        return new Answer.Failed(String.valueOf(type), body(exchange));
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void accept(HttpExchange exchange) throws IOException {
        byte[] body = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(202, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
        threads.close();
    }
}
