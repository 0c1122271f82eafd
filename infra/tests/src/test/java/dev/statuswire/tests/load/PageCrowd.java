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

/** Many pages, whose sockets are read by one thread. A test can make pages stop reading. */
final class PageCrowd implements AutoCloseable {

    private static final int MAX_CONNECTING = 16;

    private final ApiClient api;
    private final List<CrowdPage> pages;
    private final Selector selector = Selector.open();
    private final Queue<CrowdPage> toRead = new ConcurrentLinkedQueue<>();
    private final Set<CrowdPage> notReading = ConcurrentHashMap.newKeySet();
    private final Semaphore connecting = new Semaphore(MAX_CONNECTING);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Delays delays = new Delays();
    private volatile boolean closed;

    PageCrowd(ApiClient api, int size) throws IOException {
        this.api = api;
        this.pages = IntStream.range(0, size).mapToObj(_ -> new CrowdPage(this)).toList();
        Thread.ofPlatform().daemon().name("crowd").start(this::readUntilClosed);
    }

    List<CrowdPage> pages() {
        return pages;
    }

    Delays delays() {
        return delays;
    }

    /** Opens every page, and returns once all have read the list. */
    void openAll() throws InterruptedException, ExecutionException {
        var opening = new ArrayList<Callable<Void>>();
        pages.forEach(
                page ->
                        opening.add(
                                () -> {
                                    open(page);
                                    return null;
                                }));
        for (Future<Void> opened : threads.invokeAll(opening)) {
            opened.get();
        }
    }

    private void open(CrowdPage page) throws IOException, InterruptedException {
        connecting.acquire();
        try {
            page.open(api);
        } finally {
            connecting.release();
        }
    }

    /** Makes these pages stop reading, all at the same moment. */
    void stopReading(List<CrowdPage> some) {
        notReading.addAll(some);
        selector.wakeup();
    }

    /**
     * Makes these pages read again, so that they notice that their sockets were closed and
     * reconnect.
     */
    void readAgain(List<CrowdPage> some) {
        some.forEach(notReading::remove);
        selector.wakeup();
    }

    void read(CrowdPage page) {
        toRead.add(page);
        selector.wakeup();
    }

    void received(Change change, Instant now) {
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
        for (CrowdPage page = toRead.poll(); page != null; page = toRead.poll()) {
            try {
                page.channel().register(selector, SelectionKey.OP_READ, page);
            } catch (ClosedChannelException gone) {
                reconnect(page);
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
                && key.attachment() instanceof CrowdPage page
                && !page.readOnce(key, reader)) {
            reconnect(page);
        }
    }

    private void reconnect(CrowdPage page) {
        threads.execute(
                () -> {
                    boolean open = false;
                    while (!open && !closed) {
                        open = isOpened(page);
                    }
                });
    }

    private boolean isOpened(CrowdPage page) {
        try {
            open(page);
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
        pages.forEach(CrowdPage::close);
        threads.shutdownNow();
        selector.close();
    }
}
