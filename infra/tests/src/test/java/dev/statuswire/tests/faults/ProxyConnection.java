package dev.statuswire.tests.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/** A connection through a {@link FaultProxy}, with one thread for each direction. */
final class ProxyConnection {

    private static final int BUFFER = 64 * 1024;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean lost;
    private final StringBuilder request = new StringBuilder();
    private int answered;
    private int cutAfter = -1;

    ProxyConnection(FaultProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        Thread.ofVirtual().name("to-server").start(() -> run(client, server, this::requested));
        Thread.ofVirtual().name("to-client").start(() -> run(server, client, this::answered));
    }

    /** Discards everything that arrives from now on, as if the other side were gone. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    void reset() {
        reset(client);
        reset(server);
        proxy.ended(this);
    }

    /** Closes with RST instead of FIN. */
    static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closedAlready) {
            return;
        } finally {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            return;
        }
    }

    /** Decides how much of a piece passes, and whether the connection is reset after that. */
    private interface Rule {
        Passage of(byte[] piece, int length) throws InterruptedException;
    }

    private record Passage(int bytes, boolean resets) {}

    private void run(Socket from, Socket to, Rule rule) {
        byte[] piece = new byte[BUFFER];
        try {
            int length = from.getInputStream().read(piece);
            while (length >= 0) {
                if (!passed(to, piece, rule.of(piece, length))) {
                    return;
                }
                length = from.getInputStream().read(piece);
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException broken) {
            reset();
        } finally {
            endIfOver();
        }
    }

    private boolean passed(Socket to, byte[] piece, Passage passage) throws IOException {
        if (!lost) {
            to.getOutputStream().write(piece, 0, passage.bytes());
            to.getOutputStream().flush();
        }
        if (passage.resets()) {
            reset();
        }
        return !passage.resets();
    }

    private void endIfOver() {
        if (client.isClosed()
                || server.isClosed()
                || (client.isOutputShutdown() && server.isOutputShutdown())) {
            close(client);
            close(server);
            proxy.ended(this);
        }
    }

    private Passage requested(byte[] piece, int length) throws InterruptedException {
        awaitPassage();
        synchronized (this) {
            if (answered > 0) {
                request.setLength(0);
                answered = 0;
            }
            request.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
            if (cutAfter < 0
                    && proxy.fault() instanceof Fault.Cut cut
                    && proxy.takesCut(cut, request)) {
                cutAfter = cut.afterBytes();
            }
        }
        return new Passage(length, false);
    }

    private Passage answered(byte[] piece, int length) throws InterruptedException {
        awaitPassage();
        if (proxy.fault() instanceof Fault.Delay delay) {
            proxy.waitWhile(delay, delay.by().toMillis());
        }
        synchronized (this) {
            int left = cutAfter < 0 ? length : cutAfter - answered;
            answered += length;
            return left < length || cutAfter == answered
                    ? new Passage(left, true)
                    : new Passage(length, false);
        }
    }

    private void awaitPassage() throws InterruptedException {
        if (proxy.fault() instanceof Fault.BlackHole hole) {
            proxy.waitWhile(hole, 0);
        }
    }
}
