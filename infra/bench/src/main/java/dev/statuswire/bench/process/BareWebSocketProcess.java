package dev.statuswire.bench.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A process that runs {@link BareWebSocketServer}. */
public final class BareWebSocketProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("^ready (\\d+)");
    private static final Pattern SENT = Pattern.compile("^sent (\\d+)");

    private final RunningProcess process;
    private final URI uri;

    /** Starts the process. Blocks until it listens. */
    public BareWebSocketProcess(Workspace workspace) throws InterruptedException {
        String server = BareWebSocketServer.class.getName();
        String classPath = System.getProperty("java.class.path");
        process =
                RunningProcess.start(
                        workspace,
                        List.of(RunningProcess.jdk("java"), "-cp", classPath, server),
                        Map.of());
        uri = URI.create("ws://127.0.0.1:" + process.await(READY) + "/");
    }

    /** Returns the URL for WebSockets. */
    public URI uri() {
        return uri;
    }

    /**
     * Sends the text in {@code file} to each socket {@code times} times. Returns when all of it was
     * passed to Jetty.
     */
    public void send(Path file, int times) throws InterruptedException {
        process.writeLine(times + " " + file);
        process.await(SENT);
    }

    /** Returns the bytes of all reachable objects. */
    public long liveHeapBytes() throws InterruptedException {
        return process.liveHeapBytes();
    }

    @Override
    public void close() {
        process.close();
    }
}
