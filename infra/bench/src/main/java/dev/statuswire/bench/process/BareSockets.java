package dev.statuswire.bench.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@link BareSocketServer} as a process of its own. */
public final class BareSockets implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("^ready (\\d+)");
    private static final Pattern SENT = Pattern.compile("^sent (\\d+)");

    private final Running process;
    private final URI uri;

    private BareSockets(Running process) throws InterruptedException {
        this.process = process;
        this.uri = URI.create("ws://127.0.0.1:" + process.await(READY) + "/");
    }

    /** Starts it with the JVM's options of {@code ./run}. Blocks until it listens. */
    public static BareSockets start(Place place) throws InterruptedException {
        List<String> command =
                List.of(
                        Jdk.command("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareSocketServer.class.getName());
        return new BareSockets(Running.start(command, Map.of(), place.newLog("bare-sockets")));
    }

    /** Where it takes sockets. */
    public URI uri() {
        return uri;
    }

    /**
     * Has it send the text in {@code file} to every socket, {@code times} times. Returns once all
     * of it was handed to Jetty.
     */
    public void send(Path file, int times) throws InterruptedException {
        process.say(times + " " + file);
        process.await(SENT);
    }

    /** What its objects take, after a collection of the others. */
    public long liveHeapBytes() throws InterruptedException {
        return LiveHeap.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
