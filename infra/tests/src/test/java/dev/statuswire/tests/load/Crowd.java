package dev.statuswire.tests.load;

import dev.statuswire.api.testing.ApiClient;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Many pages, whose sockets one thread reads. Those that are told to do not read. */
final class Crowd implements AutoCloseable {

    private static final int CONNECTING_AT_ONCE = 16;

    private final ApiClient api;
    private final List<Seat> seats;
    private final Selector selector = Selector.open();
    private final Queue<Seat> toRead = new ConcurrentLinkedQueue<>();
    private final Set<Seat> notReading = ConcurrentHashMap.newKeySet();
    private final Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Delays delays = new Delays();
    private volatile boolean closed;

    Crowd(ApiClient api, int size) throws IOException {
        this.api = api;
        this.seats = IntStream.range(0, size).mapToObj(_ -> new Seat(this)).toList();
        Thread.ofPlatform().daemon().name("crowd").start(this::readUntilClosed);
    }

    List<Seat> seats() {
        return seats;
    }

    Delays delays() {
        return delays;
    }

    /** Opens every page; returns once all have read the list. */
    void openAll() throws InterruptedException, ExecutionException {
        var opening = new ArrayList<Callable<Void>>();
        seats.forEach(
                seat ->
                        opening.add(
                                () -> {
                                    open(seat);
                                    return null;
                                }));
        for (Future<Void> opened : threads.invokeAll(opening)) {
            opened.get();
        }
    }

    private void open(Seat seat) throws IOException, InterruptedException {
        connecting.acquire();
        try {
            seat.open(api);
        } finally {
            connecting.release();
        }
    }

    /** These do not read any more, all from the same moment on. */
    void stopReading(List<Seat> some) {
        notReading.addAll(some);
        selector.wakeup();
    }

    /** They read again, find out what became of their sockets, and connect again. */
    void readAgain(List<Seat> some) {
        some.forEach(notReading::remove);
        selector.wakeup();
    }

    void read(Seat seat) {
        toRead.add(seat);
        selector.wakeup();
    }

    void told(Change change, Instant now) {
        delays.add(Duration.between(change.at(), now));
    }

    private void readUntilClosed() {
        var reader = new Change.Reader();
        try {
            while (!closed) {
                register();
                selector.select(1000);
                for (SelectionKey key : selector.selectedKeys()) {
                    readOnce(key, reader);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void register() {
        for (Seat seat = toRead.poll(); seat != null; seat = toRead.poll()) {
            try {
                seat.channel().register(selector, SelectionKey.OP_READ, seat);
            } catch (ClosedChannelException gone) {
                comeBack(seat);
            }
        }
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                key.interestOps(notReading.contains(key.attachment()) ? 0 : SelectionKey.OP_READ);
            }
        }
    }

    private void readOnce(SelectionKey key, Change.Reader reader) {
        if (key.isValid()
                && key.isReadable()
                && key.attachment() instanceof Seat seat
                && !seat.readOnce(key, reader)) {
            comeBack(seat);
        }
    }

    private void comeBack(Seat seat) {
        threads.execute(
                () -> {
                    boolean open = false;
                    while (!open && !closed) {
                        open = isOpened(seat);
                    }
                });
    }

    private boolean isOpened(Seat seat) {
        try {
            open(seat);
            return true;
        } catch (IOException | IllegalStateException notNow) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        seats.forEach(Seat::close);
        threads.shutdownNow();
        selector.close();
    }
}
