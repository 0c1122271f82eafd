package dev.statuswire.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A process that was just started on a port of this machine, of which one wants to know when it
 * answers.
 */
public final class Launched implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final long begin = System.nanoTime();
    private final int port;
    private final Running process;

    private Launched(
            IntFunction<List<String>> command, Map<String, String> environment, Path errors) {
        port = freePort();
        process = Running.start(command.apply(port), environment, errors);
    }

    /** Starts {@code command} for a port. */
    static Launched of(
            IntFunction<List<String>> command, Map<String, String> environment, Path errors) {
        return new Launched(command, environment, errors);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Waits until {@code path} is answered, whatever the status.
     *
     * @return nanoseconds since it was started
     * @throws IllegalStateException where nothing is answered for two minutes
     */
    public long untilAnswer(String path) throws InterruptedException {
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            if (isAnswered(path)) {
                return System.nanoTime() - begin;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("no answer on port " + port);
    }

    private boolean isAnswered(String path) {
        try {
            var call =
                    (HttpURLConnection)
                            URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            int status = call.getResponseCode();
            call.disconnect();
            return status > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
