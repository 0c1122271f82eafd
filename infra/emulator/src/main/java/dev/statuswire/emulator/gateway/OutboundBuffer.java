package dev.statuswire.emulator.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The messages that wait to be sent on one connection, at most so many bytes, cut into frames when
 * they are taken. A message holds its room until its last frame was sent, so that what Jetty holds
 * is counted. Not thread-safe: {@link OutboundMessages} guards it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas:
 *     a message over the frame size is split, "this applies to {@code @connections} commands"</a>
 */
final class OutboundBuffer {

    /** A piece of a message, as text; {@code last} ends its message. */
    record Fragment(String text, boolean last) {}

    private final int capacity;
    private final int frameBytes;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private int held;
    private int taken;

    /**
     * @param capacity bytes, with {@link GatewayLimits#MESSAGE_OVERHEAD} for each message
     * @param frameBytes the longest fragment; at least 4
     */
    OutboundBuffer(int capacity, int frameBytes) {
        this.capacity = capacity;
        this.frameBytes = frameBytes;
    }

    /**
     * Takes a message to be sent.
     *
     * @param message well-formed UTF-8; not changed afterwards
     * @return false if there is no room for it
     */
    boolean offer(byte[] message) {
        if (held + costOf(message) > capacity) {
            return false;
        }
        held += costOf(message);
        messages.add(message);
        return true;
    }

    /** The next fragment, once; the one before it must have been {@link #sent}. */
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

    /** The fragment taken last is on its way to the client. */
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
     * The same bytes, or with U+FFFD in place of what is not UTF-8: text frames must be well-formed
     * (RFC 6455, section 8.1).
     */
    static byte[] wellFormed(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static int costOf(byte[] message) {
        return message.length + GatewayLimits.MESSAGE_OVERHEAD;
    }

    /** As far as a frame reaches, but never inside a character. */
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
