package dev.statuswire.tests.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The external service that the steps of {@link EffectType} call. Records every effect by its key,
 * and can hold back a response until the test releases it. The effect is recorded before the
 * response is sent, so a runtime that is killed in between has had the effect without knowing it.
 * Thread-safe.
 */
public final class EffectSink implements AutoCloseable {

    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Map<String, List<Effect>> effects = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

    /** Opens the sink on a free port. */
    public EffectSink() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.create(address, BACKLOG);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /**
     * Returns the key under which the effects of a step are recorded here: the request's id and the
     * step. The tests use no id twice.
     */
    public static String key(String id, String step) {
        return id + "/" + step;
    }

    /** Returns the key for an effect key, which is {@code owner/id/life/step}. */
    private static String keyOf(String effectKey) {
        String[] parts = effectKey.split("/", -1);
        return key(parts[1], parts[3]);
    }

    /** Returns the effects under {@code key} so far, in the order in which they arrived. */
    public List<Effect> effects(String key) {
        return List.copyOf(effects.getOrDefault(key, List.of()));
    }

    /** Returns all effects so far, by key. */
    public Map<String, List<Effect>> effects() {
        return Map.copyOf(effects);
    }

    /**
     * Returns whether a worker that claimed the request after {@code step} was committed ran the
     * step again. A worker that had claimed it before may be late; its fence is not higher.
     *
     * @param step as a status document shows it, succeeded
     */
    public boolean isDoneAgain(String id, JsonNode step) {
        long committed = step.at("/output/fence").asLong();
        return effects(key(id, step.get("name").asText())).stream()
                .anyMatch(effect -> effect.fence() > committed);
    }

    /** Holds back all responses under {@code key} until it is {@linkplain #release released}. */
    public void hold(String key) {
        held.put(key, new CountDownLatch(1));
    }

    /** Sends the responses that were held back under {@code key}, and holds back no more. */
    public void release(String key) {
        held.getOrDefault(key, new CountDownLatch(0)).countDown();
    }

    /** Returns once there have been at least {@code count} effects under {@code key}. */
    public void awaitEffects(String key, int count) {
        Await.until(
                count + " effects of " + key + ", initially " + effects(key).size(),
                () -> effects(key).size() >= count);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            JsonNode call = Json.MAPPER.readTree(exchange.getRequestBody());
            String key = keyOf(call.get("key").asText());
            int status = status(call, calls.merge(key, 1, Integer::sum));
            if (status == 200) {
                effects.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(effect(call));
                LockSupport.parkNanos(
                        TimeUnit.MILLISECONDS.toNanos(call.get("delayMillis").asLong()));
                held.getOrDefault(key, new CountDownLatch(0)).await();
            }
            byte[] body = Json.write(call).getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            // The caller was killed in the meantime; its effect stays recorded.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static int status(JsonNode call, int times) {
        if (times > call.get("failTimes").asInt()) {
            return 200;
        }
        return call.get("reject").asBoolean() ? 422 : 503;
    }

    private static Effect effect(JsonNode call) {
        return new Effect(call.get("fence").asLong(), call.get("run").asText());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
