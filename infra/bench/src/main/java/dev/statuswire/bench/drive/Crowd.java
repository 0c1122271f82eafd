package dev.statuswire.bench.drive;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Many sockets whose frames are only counted. What changed again before it was pushed may be pushed
 * once, so what is waited for are ends: documents that say SUCCEEDED. Driven by one thread.
 */
public final class Crowd implements AutoCloseable {

    private static final int OPENED_AT_ONCE = 8;
    private static final long PATIENCE_SECONDS = 120;

    private final Sockets sockets = new Sockets();
    private final Opening opening;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong ends = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition reached = lock.newCondition();
    private volatile long awaited = Long.MAX_VALUE;
    private volatile String lastFrame = "";
    private int size;

    private Crowd(Opening opening) {
        this.opening = opening;
    }

    @FunctionalInterface
    private interface Opening {
        void open(Crowd crowd) throws InterruptedException;
    }

    /** What makes frames come. */
    @FunctionalInterface
    public interface Cause {
        void begin() throws InterruptedException;
    }

    /** Of Statuswire's, each subscribed. */
    public static Crowd ofSubscribers(Api api) {
        return new Crowd(crowd -> crowd.sockets.subscribe(api, crowd::heard));
    }

    /** Of any sockets. */
    public static Crowd ofSockets(URI uri) {
        return new Crowd(crowd -> crowd.sockets.open(uri, crowd::heard));
    }

    /** How many sockets are open. */
    public int size() {
        return size;
    }

    /** The end that was heard last. */
    public String lastFrame() {
        return lastFrame;
    }

    /** Opens as many as are missing. */
    public void growTo(int wanted) throws InterruptedException {
        List<Callable<Void>> missing = new ArrayList<>();
        for (int n = size; n < wanted; n++) {
            missing.add(
                    () -> {
                        opening.open(this);
                        return null;
                    });
        }
        try (var threads = Executors.newFixedThreadPool(OPENED_AT_ONCE)) {
            for (Future<Void> one : threads.invokeAll(missing)) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a socket was not opened", failed);
        }
        size = wanted;
    }

    /**
     * Frames a second that the crowd hears, from the cause's beginning until each socket has heard
     * of {@code each} ends.
     *
     * @throws IllegalStateException where they do not come
     */
    public double framesPerSecond(long each, Cause cause) throws InterruptedException {
        long before = frames.get();
        double seconds = seconds(each, cause);
        return (frames.get() - before) / seconds;
    }

    /** How long that takes, in seconds. */
    public double seconds(long each, Cause cause) throws InterruptedException {
        long begin = System.nanoTime();
        awaited = ends.get() + each * size;
        cause.begin();
        await();
        return (System.nanoTime() - begin) / 1e9;
    }

    private void await() throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (ends.get() < awaited) {
                if (left <= 0) {
                    throw new IllegalStateException(awaited - ends.get() + " ends are missing");
                }
                left = reached.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void heard(String frame) {
        frames.incrementAndGet();
        if (frame.contains("\"SUCCEEDED\"")) {
            lastFrame = frame;
            if (ends.incrementAndGet() >= awaited) {
                lock.lock();
                try {
                    reached.signal();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    @Override
    public void close() {
        sockets.close();
    }
}
