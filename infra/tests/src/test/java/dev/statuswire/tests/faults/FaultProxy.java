package dev.statuswire.tests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy between a client and a server on this machine that simulates network faults, which
 * can be changed while it runs. It does not parse the traffic; it only assumes that a response
 * starts with the first byte from the server after one from the client. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private final InetSocketAddress server;
    private final ProxyListener listener;
    private final Set<ProxyConnection> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Object lock = new Object();
    private Fault fault = new Fault.None();
    private int cutsLeft;

    /** Starts a proxy in front of {@code server}, on a free port, without a fault. */
    public FaultProxy(URI server) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        this.listener = new ProxyListener(this::accepted);
    }

    /** Returns the URL of the proxy, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** Replaces the current fault by {@code next}. */
    public void set(Fault next) {
        synchronized (lock) {
            fault = next;
            cutsLeft = next instanceof Fault.Cut cut ? cut.times() : 0;
            lock.notifyAll();
        }
        switch (next) {
            case Fault.Refuse _ -> {
                listener.close();
                links.forEach(ProxyConnection::reset);
            }
            case Fault.Reset _ -> {
                listener.open();
                links.forEach(ProxyConnection::reset);
            }
            case Fault.HalfOpen _ -> {
                listener.open();
                links.forEach(ProxyConnection::lose);
            }
            case Fault.BlackHole _ -> listener.stopResponding();
            case Fault.None _, Fault.Delay _, Fault.Cut _ -> listener.open();
        }
    }

    /** Ends the fault. */
    public void heal() {
        set(new Fault.None());
        links.stream().filter(ProxyConnection::isLost).forEach(ProxyConnection::reset);
    }

    /** Returns how many responses were cut off so far. */
    public int cuts() {
        return cuts.get();
    }

    /** Returns the number of open connections. */
    public int connections() {
        return links.size();
    }

    Fault fault() {
        synchronized (lock) {
            return fault;
        }
    }

    /** Blocks for {@code millis}, or until the fault {@code during} ends; 0 means no time limit. */
    void waitWhile(Fault during, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (lock) {
            while (fault.equals(during)) {
                long left = millis == 0 ? 0 : (end - System.nanoTime()) / 1_000_000;
                if (millis > 0 && left <= 0) {
                    return;
                }
                lock.wait(left);
            }
        }
    }

    /**
     * Returns whether the response to {@code request} is to be cut off; if so, uses up one of the
     * remaining cuts.
     */
    boolean takesCut(Fault.Cut cut, CharSequence request) {
        synchronized (lock) {
            if (!fault.equals(cut) || cutsLeft == 0 || !cut.matches(request)) {
                return false;
            }
            cutsLeft--;
        }
        cuts.incrementAndGet();
        return true;
    }

    void ended(ProxyConnection link) {
        links.remove(link);
    }

    /** Connects to the server, and applies the current fault before any data passes. */
    private void accepted(Socket client) {
        ProxyConnection link;
        try {
            link =
                    new ProxyConnection(
                            this, client, new Socket(server.getAddress(), server.getPort()));
        } catch (IOException gone) {
            ProxyConnection.reset(client);
            return;
        }
        links.add(link);
        switch (fault()) {
            case Fault.Reset _, Fault.Refuse _ -> link.reset();
            case Fault.HalfOpen _ -> link.lose();
            case Fault.None _, Fault.Delay _, Fault.Cut _, Fault.BlackHole _ -> {}
        }
        link.start();
    }

    @Override
    public void close() {
        listener.close();
        set(new Fault.Refuse());
    }

    /** Wraps a failure after which a test cannot continue. */
    static UncheckedIOException unchecked(IOException failed) {
        return new UncheckedIOException(failed);
    }
}
