package dev.statuswire.tests.load;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.emulator.gateway.SocketBytes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A page: it connects, subscribes, reads the list, and merges changes by version. The {@link
 * Crowd}'s thread reads its socket, unless the page is to stop reading.
 */
final class CrowdPage {

    /** Small, so that little data is in transit to a page that does not read. */
    private static final int RECEIVE_BYTES = 32 * 1024;

    private static final byte[] SUBSCRIBE =
            "{\"action\":\"subscribe\"}".getBytes(StandardCharsets.US_ASCII);
    private static final String SUBSCRIBED = "{\"type\":\"subscribed\"}";
    private static final int HEADER_END = 4;

    private final PageCrowd crowd;
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private volatile @Nullable SocketChannel channel;
    private volatile CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private ByteBuffer in = ByteBuffer.allocate(8 * 1024);
    private boolean handshakeRead;
    private final AtomicInteger sessions = new AtomicInteger();

    CrowdPage(PageCrowd crowd) {
        this.crowd = crowd;
    }

    /** Connects as a page does, and returns once it has read the list. */
    void open(ApiClient api) throws IOException, InterruptedException {
        subscribed = new CompletableFuture<>();
        in.clear();
        handshakeRead = false;
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
        opened.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
        write(opened, SocketBytes.handshake("/live?ticket=" + api.ticket(), ""));
        write(opened, SocketBytes.frame(SocketBytes.LAST | SocketBytes.TEXT, SUBSCRIBE));
        opened.configureBlocking(false);
        crowd.read(this);
        try {
            subscribed.get();
        } catch (ExecutionException refused) {
            throw new IOException(refused);
        }
        api.requests().forEach(document -> merge(Change.of(document)));
        sessions.incrementAndGet();
    }

    private static void write(SocketChannel to, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            to.write(left);
        }
    }

    /** Returns the channel of the open page. */
    SocketChannel channel() {
        return Objects.requireNonNull(channel, "the page has not been opened");
    }

    int sessions() {
        return sessions.get();
    }

    /** Returns the newest version of each request that the page has received. */
    Map<String, Long> newest() {
        return newest;
    }

    /**
     * Reads the available data. Returns false if the socket has closed after it was subscribed. If
     * it closes earlier, {@link #open} fails.
     */
    boolean readOnce(SelectionKey key, Change.Reader reader) {
        try {
            int length = channel().read(in);
            if (length < 0) {
                throw new EOFException();
            }
            takeAll(reader);
            return true;
        } catch (IOException ended) {
            key.cancel();
            close();
            return subscribed.completeExceptionally(ended);
        }
    }

    private void takeAll(Change.Reader reader) throws IOException {
        in.flip();
        if (!handshakeRead) {
            handshakeRead = takeHandshake();
        }
        boolean more = handshakeRead;
        while (more && in.hasRemaining()) {
            more = takeFrame(reader);
        }
        in.compact();
        if (!in.hasRemaining()) {
            in.flip();
            in = ByteBuffer.allocate(in.capacity() * 2).put(in);
        }
    }

    private boolean takeHandshake() throws IOException {
        String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!text.startsWith("HTTP/1.1 101")) {
            throw new IOException(text);
        }
        in.position(in.position() + end + HEADER_END);
        return true;
    }

    /**
     * Reads a frame if it has arrived completely, and returns whether it has. The server sends each
     * message in one frame.
     */
    private boolean takeFrame(Change.Reader reader) throws IOException {
        var bytes = new ByteArrayInputStream(in.array(), in.position(), in.remaining());
        SocketBytes.Frame frame;
        try {
            frame = SocketBytes.readFrame(new DataInputStream(bytes));
        } catch (EOFException incomplete) {
            return false;
        }
        in.position(in.limit() - bytes.available());
        if (frame.opCode() == SocketBytes.CLOSE) {
            throw new EOFException("closed");
        }
        handle(frame.text(), reader);
        return true;
    }

    private void handle(String text, Change.Reader reader) throws IOException {
        var change = reader.read(text);
        if (change.isPresent()) {
            crowd.received(change.get(), Instant.now());
            merge(change.get());
        } else if (text.equals(SUBSCRIBED)) {
            subscribed.complete(null);
        } else {
            throw new IOException(text);
        }
    }

    private void merge(Change change) {
        newest.merge(change.id(), change.version(), Math::max);
    }

    void close() {
        SocketChannel open = channel;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException closedAlready) {
            return;
        }
    }
}
