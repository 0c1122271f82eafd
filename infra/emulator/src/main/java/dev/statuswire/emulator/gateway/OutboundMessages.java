package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.OutboundBuffer.Fragment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one connection. A sender only puts its message into the buffer. One frame
 * is in flight at a time, and its completion sends the next one. So a client that stops reading
 * blocks no sender and costs no more than its buffer. Thread-safe; no method blocks.
 */
final class OutboundMessages {

    /** The result of offering a message. */
    enum Offer {
        ACCEPTED,
        FULL,
        CLOSED
    }

    private final Object lock = new Object();
    private final OutboundBuffer buffer;
    private @Nullable FragmentSender sender;
    private @Nullable CloseReason closing;
    private boolean sending;
    private boolean stepping;
    private boolean again;
    private boolean over;

    /** A message was refused and no frame was sent since, so the client does not read. */
    private boolean stuck;

    OutboundMessages(OutboundBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Enqueues a message if there is room.
     *
     * @param message well-formed UTF-8; must not be changed afterwards
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

    /** Called when the socket is open. Starts sending the waiting messages. */
    void open(FragmentSender opened) {
        boolean tooLate;
        synchronized (lock) {
            sender = opened;
            tooLate = over;
        }
        if (tooLate) {
            opened.disconnect();
        } else {
            sendNext();
        }
    }

    /**
     * Accepts no more messages and closes after those in the buffer, or at once if the client is
     * stuck.
     */
    void closeAfterwards(CloseReason reason) {
        boolean isStuck;
        synchronized (lock) {
            if (closing == null) {
                closing = reason;
            }
            isStuck = stuck;
        }
        if (isStuck) {
            abandon();
        } else {
            sendNext();
        }
    }

    /** Drops the messages in the buffer and ends the connection. Idempotent. */
    void abandon() {
        FragmentSender abandoned;
        synchronized (lock) {
            over = true;
            buffer.clear();
            abandoned = sender;
        }
        if (abandoned != null) {
            abandoned.disconnect();
        }
    }

    /**
     * Runs the next steps until none is left. If another thread, or an outer call on this thread,
     * is already doing so, leaves them to it: a sender may report a frame as sent before {@code
     * send} has returned, but Jetty accepts the next frame only after that.
     */
    private void sendNext() {
        synchronized (lock) {
            if (stepping) {
                again = true;
                return;
            }
            stepping = true;
        }
        try {
            do {
                next().run();
            } while (continues());
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

    private boolean continues() {
        synchronized (lock) {
            stepping = again;
            return again;
        }
    }

    /**
     * Returns the next step, to be run outside the lock because a completion may run on this
     * thread.
     */
    private Runnable nextStep() {
        FragmentSender open = sender;
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
