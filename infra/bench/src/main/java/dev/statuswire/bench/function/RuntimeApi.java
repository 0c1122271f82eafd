package dev.statuswire.bench.function;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Lambda's Runtime API for one execution environment with one event.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API for custom runtimes</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String NEXT = "/invocation/next";
    private static final String RESPONSE = "/response";
    private static final Duration TIME_OUT = Duration.ofMinutes(15);

    private final LoopbackHttp server = LoopbackHttp.listen(this::handle);
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final String event;
    private volatile boolean handedOut;

    /**
     * What the function returned.
     *
     * @param at when it came, by {@link System#nanoTime}
     */
    record Answer(String json, long at) {}

    RuntimeApi(String event) {
        this.event = event;
    }

    /** What a function has in {@code AWS_LAMBDA_RUNTIME_API}. */
    String hostAndPort() {
        return server.uri().getAuthority();
    }

    /** Completes with what the function returns; exceptionally where it fails. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    private void handle(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith(NEXT)) {
            next(exchange);
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.endsWith(RESPONSE)) {
            answer.complete(new Answer(body, now));
        } else {
            answer.completeExceptionally(new IllegalStateException(path + ": " + body));
        }
        LoopbackHttp.answer(exchange, 202, "{\"status\":\"OK\"}");
    }

    /** Whoever asks for a second event waits for it until it is ended, as on Lambda. */
    private void next(HttpExchange exchange) throws IOException {
        if (handedOut) {
            return;
        }
        handedOut = true;
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", "3c1f3c1e-0b7e-4a0e-9a55-7c0d1b5a0f01");
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(Instant.now().plus(TIME_OUT).toEpochMilli()));
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:any");
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000");
        LoopbackHttp.answer(exchange, 200, event);
    }

    @Override
    public void close() {
        server.close();
    }
}
