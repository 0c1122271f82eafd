package dev.statuswire.tests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link FaultProxy} is reached: open, closed (connects are refused), or stuffed. A stuffed
 * one listens, but its queue of connections that nobody accepts is full, so the kernel drops what
 * comes and a connect is not answered at all.
 */
final class Door implements AutoCloseable {

    private static final int OPEN_QUEUE = 1024;
    private static final int SHORTEST_QUEUE = 1;
    private static final int MOST_FILLERS = 16;
    private static final int UNANSWERED_MILLIS = 250;

    private final Consumer<Socket> accepted;
    private final int port;
    private final List<Socket> fillers = new ArrayList<>();
    private @Nullable ServerSocket listening;
    private @Nullable Thread acceptor;
    private boolean stuffed;

    /** Opens it, on a free port that stays the same. */
    Door(Consumer<Socket> accepted) {
        this.accepted = accepted;
        ServerSocket socket = listen(0, OPEN_QUEUE);
        this.port = socket.getLocalPort();
        acceptFrom(socket);
    }

    int port() {
        return port;
    }

    synchronized void open() {
        if (listening == null || stuffed) {
            close();
            acceptFrom(listen(port, OPEN_QUEUE));
        }
    }

    synchronized void stuff() {
        if (stuffed) {
            return;
        }
        close();
        listen(port, SHORTEST_QUEUE);
        stuffed = true;
        boolean full = false;
        while (!full && fillers.size() < MOST_FILLERS) {
            full = !isAnswered();
        }
    }

    /** Whether one more connect is, which then takes a place. */
    private boolean isAnswered() {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
            filler.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    UNANSWERED_MILLIS);
            return true;
        } catch (SocketTimeoutException dropped) {
            return false;
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        }
    }

    @Override
    public synchronized void close() {
        fillers.forEach(Link::reset);
        fillers.clear();
        stuffed = false;
        try {
            stopListening();
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port is free only once nobody accepts from it any more. */
    private void stopListening() throws IOException, InterruptedException {
        ServerSocket open = listening;
        if (open != null) {
            open.close();
        }
        Thread accepting = acceptor;
        if (accepting != null) {
            accepting.join();
        }
        listening = null;
        acceptor = null;
    }

    private ServerSocket listen(int at, int queue) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), queue);
            listening = socket;
            return socket;
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        }
    }

    private void acceptFrom(ServerSocket socket) {
        acceptor = Thread.ofVirtual().name("fault-proxy").start(() -> acceptUntilClosed(socket));
    }

    private void acceptUntilClosed(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> accepted.accept(client));
            } catch (IOException closed) {
                return;
            }
        }
    }
}
