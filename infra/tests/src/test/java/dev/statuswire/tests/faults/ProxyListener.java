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
 * The port of a {@link FaultProxy}: open, closed (connection attempts are refused), or
 * unresponsive. An unresponsive one listens, but its queue of unaccepted connections is full, so
 * the kernel drops further attempts, which get no response at all.
 */
final class ProxyListener implements AutoCloseable {

    private static final int OPEN_QUEUE = 1024;
    private static final int SHORTEST_QUEUE = 1;
    private static final int MAX_FILLERS = 16;
    private static final int UNANSWERED_MILLIS = 250;

    private final Consumer<Socket> accepted;
    private final int port;
    private final List<Socket> fillers = new ArrayList<>();
    private @Nullable ServerSocket listening;
    private @Nullable Thread acceptor;
    private boolean isUnresponsive;

    /** Opens a free port, which stays the same from then on. */
    ProxyListener(Consumer<Socket> accepted) {
        this.accepted = accepted;
        ServerSocket socket = listen(0, OPEN_QUEUE);
        this.port = socket.getLocalPort();
        acceptFrom(socket);
    }

    int port() {
        return port;
    }

    synchronized void open() {
        if (listening == null || isUnresponsive) {
            close();
            acceptFrom(listen(port, OPEN_QUEUE));
        }
    }

    synchronized void stopResponding() {
        if (isUnresponsive) {
            return;
        }
        close();
        listen(port, SHORTEST_QUEUE);
        isUnresponsive = true;
        boolean full = false;
        while (!full && fillers.size() < MAX_FILLERS) {
            full = !isAnswered();
        }
    }

    /**
     * Returns whether one more connection attempt gets a response; if so, it takes a place in the
     * queue.
     */
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
        fillers.forEach(ProxyConnection::reset);
        fillers.clear();
        isUnresponsive = false;
        try {
            stopListening();
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the port, which is free only once the accepting thread has ended. */
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
