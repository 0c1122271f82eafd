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
 * Stands between a client and a server on this machine, and makes the network's faults between
 * them, switchable while it runs. It knows nothing of what passes but where an answer begins: with
 * the first byte from the server after one from the client. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private final InetSocketAddress server;
    private final Door door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Object lock = new Object();
    private Fault fault = new Fault.None();
    private int cutsLeft;

    /** In front of {@code server}, on a port of its own, with no fault. */
    public FaultProxy(URI server) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        this.door = new Door(this::accepted);
    }

    /** Where it is, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.port());
    }

    /** From now on {@code next} is what happens, in place of what did. */
    public void set(Fault next) {
        synchronized (lock) {
            fault = next;
            cutsLeft = next instanceof Fault.Cut cut ? cut.times() : 0;
            lock.notifyAll();
        }
        switch (next) {
            case Fault.Refuse _ -> {
                door.close();
                links.forEach(Link::reset);
            }
            case Fault.Reset _ -> {
                door.open();
                links.forEach(Link::reset);
            }
            case Fault.HalfOpen _ -> {
                door.open();
                links.forEach(Link::lose);
            }
            case Fault.BlackHole _ -> door.stuff();
            case Fault.None _, Fault.Delay _, Fault.Cut _ -> door.open();
        }
    }

    /** No fault any more. */
    public void heal() {
        set(new Fault.None());
        links.stream().filter(Link::isLost).forEach(Link::reset);
    }

    /** How many answers were cut so far. */
    public int cuts() {
        return cuts.get();
    }

    /** How many connections pass now. */
    public int connections() {
        return links.size();
    }

    Fault fault() {
        synchronized (lock) {
            return fault;
        }
    }

    /** Blocks for {@code millis}, or until {@code during} is over; 0 is for as long as it lasts. */
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

    /** Takes one of the cuts that are left, for an answer to a request that begins so. */
    boolean takesCut(Fault.Cut cut, CharSequence request) {
        synchronized (lock) {
            if (!fault.equals(cut) || cutsLeft == 0 || !cut.names(request)) {
                return false;
            }
            cutsLeft--;
        }
        cuts.incrementAndGet();
        return true;
    }

    void ended(Link link) {
        links.remove(link);
    }

    /** Nothing passes before it is known whether something may. */
    private void accepted(Socket client) {
        Link link;
        try {
            link = new Link(this, client, new Socket(server.getAddress(), server.getPort()));
        } catch (IOException gone) {
            Link.reset(client);
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
        door.close();
        set(new Fault.Refuse());
    }

    /** Of what a test cannot go on without. */
    static UncheckedIOException unchecked(IOException failed) {
        return new UncheckedIOException(failed);
    }
}
