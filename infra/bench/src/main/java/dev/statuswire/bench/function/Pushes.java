package dev.statuswire.bench.function;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What takes pushes in the place of {@code @connections}, and counts them. */
final class Pushes implements AutoCloseable {

    private final AtomicInteger count = new AtomicInteger();
    private final LoopbackHttp server = LoopbackHttp.listen(this::take);

    private void take(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        count.incrementAndGet();
        LoopbackHttp.answer(exchange, 200, "");
    }

    /** How many there were. */
    int count() {
        return count.get();
    }

    /** What a function has to be told to push to it. */
    Map<String, String> settings() {
        return Map.of("STATUSWIRE_CONNECTIONS_ENDPOINT", server.uri() + "/live");
    }

    @Override
    public void close() {
        server.close();
    }
}
