package dev.statuswire.emulator.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The messages that wait to be sent on one connection, up to a number of bytes. They are split into
 * frames when they are taken. A message occupies its room until its last frame was sent, so the
 * frame that Jetty holds is counted. Not thread-safe: {@link OutboundMessages} guards it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas:
 *     a message over the frame size is split, "this applies to {@code @connections} commands"</a>
 */
final class OutboundBuffer {

    /** A part of a message, as text. {@code last} marks the end of the message. */
    record Fragment(String text, boolean last) {}

    private final int capacity;
    private final int frameBytes;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private int held;
    private int taken;

    /**
     * @param capacity in bytes, including {@link GatewayLimits#MESSAGE_OVERHEAD} for each message
     * @param frameBytes the maximum size of a fragment; at least 4
     */
    OutboundBuffer(int capacity, int frameBytes) {
        this.capacity = capacity;
        this.frameBytes = frameBytes;
    }

    /**
     * Enqueues a message if there is room.
     *
     * @param message well-formed UTF-8; must not be changed afterwards
     * @return whether there was room for the message
     */
    boolean offer(byte[] message) {
        if (held + costOf(message) > capacity) {
            return false;
        }
        held += costOf(message);
        messages.add(message);
        return true;
    }

    /** Takes the next fragment. The previous one must have been {@link #sent}. */
    Optional<Fragment> take() {
        byte[] message = messages.peek();
        if (message == null) {
            return Optional.empty();
        }
        int start = taken;
        taken = endOfFragment(message, start);
        String text = new String(message, start, taken - start, StandardCharsets.UTF_8);
        return Optional.of(new Fragment(text, taken == message.length));
    }

    /** Called when the fragment taken last was sent. */
    void sent() {
        byte[] message = messages.element();
        if (taken == message.length) {
            messages.remove();
            held -= costOf(message);
            taken = 0;
        }
    }

    void clear() {
        messages.clear();
        held = 0;
        taken = 0;
    }

    int held() {
        return held;
    }

    /**
     * Returns the bytes with U+FFFD instead of invalid UTF-8, because text frames must be
     * well-formed (RFC 6455, section 8.1).
     */
    static byte[] wellFormed(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static int costOf(byte[] message) {
        return message.length + GatewayLimits.MESSAGE_OVERHEAD;
    }

    /** Returns the end of the next fragment, which never splits a character. */
    private int endOfFragment(byte[] message, int start) {
        int end = Math.min(message.length, start + frameBytes);
        while (end < message.length && isContinuation(message[end])) {
            end--;
        }
        return end;
    }

    private static boolean isContinuation(byte value) {
        return (value & 0b1100_0000) == 0b1000_0000;
    }
}
