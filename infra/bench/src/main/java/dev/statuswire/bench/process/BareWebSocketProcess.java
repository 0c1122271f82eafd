package dev.statuswire.bench.process;

import dev.statuswire.core.testing.ChildProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A process that runs {@link BareWebSocketServer}. */
public final class BareWebSocketProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready (\\d+)\\s");

    private final RunningProcess process;
    private final URI uri;

    /** Starts the process. Blocks until it listens. */
    public BareWebSocketProcess(Workspace workspace) {
        String server = BareWebSocketServer.class.getName();
        String classPath = System.getProperty("java.class.path");
        process =
                RunningProcess.start(
                        workspace,
                        List.of(ChildProcess.jdk("java"), "-cp", classPath, server),
                        Map.of());
        uri = URI.create("ws://127.0.0.1:" + process.await(READY) + "/");
    }

    /** Returns the URL for WebSockets. */
    public URI uri() {
        return uri;
    }

    /** Makes the server send the text in {@code file} to each socket {@code times} times. */
    public void send(Path file, int times) {
        process.writeLine(times + " " + file);
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
