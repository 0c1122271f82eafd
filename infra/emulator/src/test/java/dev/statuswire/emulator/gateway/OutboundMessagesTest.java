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

    private final FakeSender sender = new FakeSender();
    private final OutboundMessages outbound =
            new OutboundMessages(new OutboundBuffer(2 * ONE_MESSAGE, 4));

    /** Completes a frame when the test calls {@link #complete}. */
    private static final class FakeSender implements FragmentSender {

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

    /** Reports a frame as sent before {@code send} has returned. */
    private static final class ImmediateSender implements FragmentSender {

        final List<String> sent = new ArrayList<>();
        private boolean inside;

        @Override
        public void send(Fragment fragment, Runnable whenSent, Runnable whenFailed) {
            assertThat(inside).as("called within another send").isFalse();
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
    void one_frame_is_in_flight_at_a_time() {
        outbound.open(sender);
        offer("aaaa");
        offer("bbbb");
        assertThat(sender.sent).containsExactly("aaaa");
        sender.complete();
        assertThat(sender.sent).containsExactly("aaaa", "bbbb");
    }

    @Test
    void the_next_frame_is_sent_only_after_send_has_returned() {
        var immediate = new ImmediateSender();
        offer("aaaa");
        offer("bbbb");

        outbound.open(immediate);

        assertThat(immediate.sent).containsExactly("aaaa", "bbbb");
    }

    @Test
    void messages_offered_before_the_socket_opened_are_sent_then() {
        offer("aaaa");
        assertThat(sender.sent).isEmpty();
        outbound.open(sender);
        assertThat(sender.sent).containsExactly("aaaa");
    }

    @Test
    void a_full_buffer_accepts_messages_again_after_one_was_sent() {
        outbound.open(sender);
        offer("aaaa");
        offer("bbbb");
        assertThat(offer("cccc")).isEqualTo(Offer.FULL);
        sender.complete();
        assertThat(offer("cccc")).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void a_close_follows_the_accepted_messages_and_no_message_follows_it() {
        outbound.open(sender);
        offer("aaaa");
        outbound.closeAfterwards(CloseReason.DELETED);
        assertThat(offer("bbbb")).isEqualTo(Offer.CLOSED);
        assertThat(sender.sent).containsExactly("aaaa");
        sender.complete();
        assertThat(sender.sent).containsExactly("aaaa", "close 1000");
        assertThat(offer("bbbb")).isEqualTo(Offer.CLOSED);
    }

    @Test
    void the_first_close_reason_is_sent() {
        outbound.closeAfterwards(CloseReason.NOT_TEXT);
        outbound.closeAfterwards(CloseReason.GOING_AWAY);
        outbound.open(sender);
        assertThat(sender.sent).containsExactly("close 1003");
    }

    @Test
    void closing_a_stuck_connection_does_not_wait() {
        outbound.open(sender);
        offer("aaaa");
        offer("bbbb");
        offer("cccc");
        outbound.closeAfterwards(CloseReason.DELETED);
        assertThat(sender.sent).containsExactly("aaaa", "disconnect");
    }

    @Test
    void a_failed_frame_ends_the_connection() {
        outbound.open(sender);
        offer("aaaa");
        offer("bbbb");
        sender.failures.remove().run();
        assertThat(sender.sent).containsExactly("aaaa", "disconnect");
        assertThat(offer("cccc")).isEqualTo(Offer.CLOSED);
    }

    @Test
    void a_completion_after_the_end_sends_nothing() {
        outbound.open(sender);
        offer("aaaa");
        outbound.abandon();
        sender.complete();
        assertThat(sender.sent).containsExactly("aaaa", "disconnect");
    }

    @Test
    void a_socket_that_opens_too_late_is_disconnected() {
        offer("aaaa");
        outbound.abandon();
        outbound.open(sender);
        assertThat(sender.sent).containsExactly("disconnect");
    }
}
