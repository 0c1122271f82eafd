package dev.statuswire.emulator.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.gateway.OutboundBuffer.Fragment;
import dev.statuswire.emulator.gateway.OutboundMessages.Offer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundMessagesTest {

    private static final int ONE_MESSAGE = 4 + GatewayLimits.MESSAGE_OVERHEAD;

    private final FakeWire wire = new FakeWire();
    private final OutboundMessages outbound =
            new OutboundMessages(new OutboundBuffer(2 * ONE_MESSAGE, 4));

    /** Keeps what it is given until the test lets it go. */
    private static final class FakeWire implements FragmentSender {

        final List<String> sent = new ArrayList<>();
        final Deque<Runnable> completions = new ArrayDeque<>();
        final Deque<Runnable> failures = new ArrayDeque<>();

        @Override
        public void send(Fragment fragment, Runnable whenSent, Runnable whenFailed) {
            sent.add(fragment.text());
            completions.add(whenSent);
            failures.add(whenFailed);
        }

        @Override
        public void close(CloseReason reason) {
            sent.add("close " + reason.code());
        }

        @Override
        public void disconnect() {
            sent.add("disconnect");
        }

        void complete() {
            completions.remove().run();
        }
    }

    /** Says that a frame is sent before its {@code send} has returned. */
    private static final class HastyWire implements FragmentSender {

        final List<String> sent = new ArrayList<>();
        private boolean inside;

        @Override
        public void send(Fragment fragment, Runnable whenSent, Runnable whenFailed) {
            assertThat(inside).as("within the send before").isFalse();
            inside = true;
            sent.add(fragment.text());
            whenSent.run();
            inside = false;
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void disconnect() {}
    }

    private Offer offer(String text) {
        return outbound.offer(text.getBytes(UTF_8));
    }

    @Test
    void one_frame_is_on_its_way_at_a_time() {
        outbound.open(wire);
        offer("aaaa");
        offer("bbbb");
        assertThat(wire.sent).containsExactly("aaaa");
        wire.complete();
        assertThat(wire.sent).containsExactly("aaaa", "bbbb");
    }

    @Test
    void next_frame_waits_for_the_return_of_a_send_that_was_done_at_once() {
        var hasty = new HastyWire();
        offer("aaaa");
        offer("bbbb");

        outbound.open(hasty);

        assertThat(hasty.sent).containsExactly("aaaa", "bbbb");
    }

    @Test
    void what_came_before_the_socket_opened_goes_out_then() {
        offer("aaaa");
        assertThat(wire.sent).isEmpty();
        outbound.open(wire);
        assertThat(wire.sent).containsExactly("aaaa");
    }

    @Test
    void full_buffer_refuses_and_takes_again_when_a_message_has_left() {
        outbound.open(wire);
        offer("aaaa");
        offer("bbbb");
        assertThat(offer("cccc")).isEqualTo(Offer.FULL);
        wire.complete();
        assertThat(offer("cccc")).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void close_follows_what_was_accepted_and_nothing_follows_the_close() {
        outbound.open(wire);
        offer("aaaa");
        outbound.closeAfterwards(CloseReason.DELETED);
        assertThat(offer("bbbb")).isEqualTo(Offer.CLOSED);
        assertThat(wire.sent).containsExactly("aaaa");
        wire.complete();
        assertThat(wire.sent).containsExactly("aaaa", "close 1000");
        assertThat(offer("bbbb")).isEqualTo(Offer.CLOSED);
    }

    @Test
    void first_reason_to_close_is_the_one_that_is_sent() {
        outbound.closeAfterwards(CloseReason.NOT_TEXT);
        outbound.closeAfterwards(CloseReason.GOING_AWAY);
        outbound.open(wire);
        assertThat(wire.sent).containsExactly("close 1003");
    }

    @Test
    void close_of_a_stuck_connection_does_not_wait() {
        outbound.open(wire);
        offer("aaaa");
        offer("bbbb");
        offer("cccc");
        outbound.closeAfterwards(CloseReason.DELETED);
        assertThat(wire.sent).containsExactly("aaaa", "disconnect");
    }

    @Test
    void failed_frame_ends_the_connection() {
        outbound.open(wire);
        offer("aaaa");
        offer("bbbb");
        wire.failures.remove().run();
        assertThat(wire.sent).containsExactly("aaaa", "disconnect");
        assertThat(offer("cccc")).isEqualTo(Offer.CLOSED);
    }

    @Test
    void completion_that_comes_after_the_end_sends_nothing() {
        outbound.open(wire);
        offer("aaaa");
        outbound.abandon();
        wire.complete();
        assertThat(wire.sent).containsExactly("aaaa", "disconnect");
    }

    @Test
    void socket_that_opens_too_late_is_disconnected() {
        offer("aaaa");
        outbound.abandon();
        outbound.open(wire);
        assertThat(wire.sent).containsExactly("disconnect");
    }
}
