package dev.statuswire.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.tests.NodeProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Node.js process that runs clients of the built JavaScript module. Calls, outcomes and events
 * are lines of JSON. Thread-safe.
 */
final class NodeClients implements AutoCloseable {

    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<TestedClient.Outcome>> outcomes =
            new ConcurrentHashMap<>();
    private final Map<Integer, Watched> watches = new ConcurrentHashMap<>();
    private final Process process;
    private final Writer input;

    /** Starts the process; its files are in {@code folder}. */
    NodeClients(Path folder) {
        try {
            NodeProgram.install(folder);
            Path driver = folder.resolve("client-driver.mjs");
            try (InputStream in = NodeClients.class.getResourceAsStream("client-driver.mjs")) {
                Files.write(driver, Objects.requireNonNull(in).readAllBytes());
            }
            // Node 20 has a WebSocket only with this option; later releases accept and ignore it.
            process =
                    new ProcessBuilder("node", "--experimental-websocket", driver.toString())
                            .redirectError(folder.resolve("errors.txt").toFile())
                            .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        input = process.outputWriter(UTF_8);
        Thread.ofVirtual().name("node-clients").start(this::readLines);
    }

    /** Connects a client. */
    TestedClient connect(URI server, boolean hasTokens) {
        int name = count.incrementAndGet();
        send("connect", name, server.toString(), hasTokens).join().value();
        return new NodeTestedClient(name);
    }

    private CompletableFuture<TestedClient.Outcome> send(
            String call, @Nullable Object... arguments) {
        int number = count.incrementAndGet();
        var outcome = new CompletableFuture<TestedClient.Outcome>();
        outcomes.put(number, outcome);
        write(number, call, arguments);
        return outcome;
    }

    private synchronized void write(int number, String call, @Nullable Object... arguments) {
        ObjectNode line = Json.MAPPER.createObjectNode().put("call", number).put("name", call);
        line.set("arguments", Json.MAPPER.valueToTree(arguments));
        try {
            input.write(Json.write(line) + "\n");
            input.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Watched watched(String call, Object... arguments) {
        int number = count.incrementAndGet();
        var watched = new Watched();
        watches.put(number, watched);
        write(number, call, arguments);
        return watched;
    }

    private void readLines() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(line -> arrived(Json.parse(line).orElseThrow()));
        } catch (IOException | UncheckedIOException closed) {
            return;
        } finally {
            var ended = new AssertionError("the Node.js process has ended");
            outcomes.values().forEach(it -> it.completeExceptionally(ended));
        }
    }

    private void arrived(JsonNode line) {
        int number = line.get("call").asInt();
        Watched watched = watches.get(number);
        if (watched != null) {
            watched.add(line.get("event"));
        } else {
            Objects.requireNonNull(outcomes.remove(number))
                    .complete(new TestedClient.Outcome(line));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** One client in the process. */
    private final class NodeTestedClient implements TestedClient {

        private final int name;

        private NodeTestedClient(int name) {
            this.name = name;
        }

        @Override
        public CompletableFuture<Outcome> start(String call, @Nullable Object... arguments) {
            @Nullable Object[] all = new Object[arguments.length + 1];
            all[0] = name;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            return send(call, all);
        }

        @Override
        public Watched watch(String id) {
            return watched("watch", name, id);
        }

        @Override
        public Watched watchLink(String url) {
            return watched("watchLink", url);
        }

        @Override
        public Watched watchAll() {
            return watched("watchAll", name);
        }

        @Override
        public void close() {
            call("close");
        }
    }
}
