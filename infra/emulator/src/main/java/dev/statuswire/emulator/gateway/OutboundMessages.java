package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.OutboundBuffer.Fragment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one connection: whoever sends puts a message in the buffer and goes on; one
 * frame is on its way at a time, and its completion sends the next. So a client that stops reading
 * blocks nobody and costs no more than its buffer. Thread-safe; no method blocks.
 */
final class OutboundMessages {

    /** What became of a message. */
    enum Offer {
        ACCEPTED,
        FULL,
        CLOSED
    }

    private final Object lock = new Object();
    private final OutboundBuffer buffer;
    private @Nullable FragmentSender wire;
    private @Nullable CloseReason closing;
    private boolean sending;
    private boolean pumping;
    private boolean again;
    private boolean over;

    /** A message was refused and nothing has left since: the client does not read. */
    private boolean stuck;

    OutboundMessages(OutboundBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Puts a message behind those that wait, if there is room.
     *
     * @param message well-formed UTF-8; not changed afterwards
     */
    Offer offer(byte[] message) {
        synchronized (lock) {
            if (over || closing != null) {
                return Offer.CLOSED;
            }
            if (!buffer.offer(message)) {
                stuck = sending;
                return Offer.FULL;
            }
        }
        sendNext();
        return Offer.ACCEPTED;
    }

    /** The socket is open: what waits for it goes out now. */
    void open(FragmentSender opened) {
        boolean tooLate;
        synchronized (lock) {
            wire = opened;
            tooLate = over;
        }
        if (tooLate) {
            opened.disconnect();
        } else {
            sendNext();
        }
    }

    /** Takes no more, and closes after what is in the buffer; at once if the client is stuck. */
    void closeAfterwards(CloseReason reason) {
        boolean hopeless;
        synchronized (lock) {
            if (closing == null) {
                closing = reason;
            }
            hopeless = stuck;
        }
        if (hopeless) {
            abandon();
        } else {
            sendNext();
        }
    }

    /** Drops what is in the buffer and ends the connection. Can be repeated. */
    void abandon() {
        FragmentSender abandoned;
        synchronized (lock) {
            over = true;
            buffer.clear();
            abandoned = wire;
        }
        if (abandoned != null) {
            abandoned.disconnect();
        }
    }

    /**
     * Does what is next for as long as something is. Whoever comes while another does so leaves it
     * to that one: a wire may say that a frame is sent before {@code send} has returned, and
     * Jetty's takes the next one only after.
     */
    private void sendNext() {
        synchronized (lock) {
            if (pumping) {
                again = true;
                return;
            }
            pumping = true;
        }
        try {
            do {
                next().run();
            } while (goesOn());
        } catch (RuntimeException failed) {
            abandon();
            throw failed;
        }
    }

    private Runnable next() {
        synchronized (lock) {
            again = false;
            return nextStep();
        }
    }

    private boolean goesOn() {
        synchronized (lock) {
            pumping = again;
            return again;
        }
    }

    /** What to do next, to be run outside the lock: a completion may come on this very thread. */
    private Runnable nextStep() {
        FragmentSender open = wire;
        if (open == null || sending || over) {
            return () -> {};
        }
        Optional<Fragment> next = buffer.take();
        if (next.isPresent()) {
            sending = true;
            return () -> open.send(next.get(), this::sent, this::abandon);
        }
        CloseReason reason = closing;
        if (reason == null) {
            return () -> {};
        }
        over = true;
        return () -> open.close(reason);
    }

    private void sent() {
        synchronized (lock) {
            sending = false;
            stuck = false;
            if (!over) {
                buffer.sent();
            }
        }
        sendNext();
    }
}
