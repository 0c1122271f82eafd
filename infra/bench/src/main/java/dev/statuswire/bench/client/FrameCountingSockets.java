package dev.statuswire.bench.client;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.LiveSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Counts the frames that many sockets receive. Statuswire may skip a state that has changed again
 * before it was pushed, so this class waits for final frames, which contain SUCCEEDED. Used from
 * one thread.
 */
public final class FrameCountingSockets implements AutoCloseable {

    private static final int OPENED_AT_ONCE = 8;
    private static final int TIMEOUT_SECONDS = 120;

    private final Function<Consumer<String>, LiveSocket> opening;
    private final List<LiveSocket> sockets = new ArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private volatile CountDownLatch missing = new CountDownLatch(0);
    private volatile String lastFrame = "";

    private FrameCountingSockets(Function<Consumer<String>, LiveSocket> opening) {
        this.opening = opening;
    }

    /** An action that makes the server send frames. */
    @FunctionalInterface
    public interface Cause {
        void run() throws InterruptedException;
    }

    /** Creates a group of sockets that subscribe to Statuswire; no socket is open yet. */
    public static FrameCountingSockets ofSubscribers(ApiClient api) {
        return new FrameCountingSockets(receiver -> LiveSocket.subscribedUnparsed(api, receiver));
    }

    /** Creates a group of sockets to the server at {@code uri}; no socket is open yet. */
    public static FrameCountingSockets ofSockets(URI uri) {
        return new FrameCountingSockets(
                receiver -> LiveSocket.openUnparsed(uri, receiver).orElseThrow());
    }

    /** Returns how many sockets are open. */
    public int size() {
        return sockets.size();
    }

    /** Returns the last final frame. */
    public String lastFrame() {
        return lastFrame;
    }

    /** Opens sockets until there are {@code wanted} sockets. */
    public void growTo(int wanted) throws InterruptedException {
        Callable<LiveSocket> open = () -> opening.apply(this::onFrame);
        try (var threads = Executors.newFixedThreadPool(OPENED_AT_ONCE)) {
            for (Future<LiveSocket> socket :
                    threads.invokeAll(Collections.nCopies(wanted - size(), open))) {
                sockets.add(socket.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("could not open a socket", failed);
        }
    }

    /**
     * Returns how many frames per second all sockets receive together while each of them receives
     * {@code finalFrames} final frames.
     *
     * @throws IllegalStateException if they do not arrive
     */
    public double framesPerSecond(int finalFrames, Cause cause) throws InterruptedException {
        long before = frames.get();
        double seconds = seconds(finalFrames, cause);
        return (frames.get() - before) / seconds;
    }

    /** Returns the seconds until each socket has received {@code finalFrames} final frames. */
    public double seconds(int finalFrames, Cause cause) throws InterruptedException {
        missing = new CountDownLatch(finalFrames * size());
        long start = System.nanoTime();
        cause.run();
        if (!missing.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(missing.getCount() + " final frames are missing");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void onFrame(String frame) {
        frames.incrementAndGet();
        if (frame.contains("\"SUCCEEDED\"")) {
            lastFrame = frame;
            missing.countDown();
        }
    }

    @Override
    public void close() {
        sockets.forEach(LiveSocket::close);
    }
}
