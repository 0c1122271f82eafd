package dev.statuswire.emulator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.queue.QueuedMessages.Message;
import dev.statuswire.emulator.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QueuedMessagesTest {

    private final ManualClock clock = new ManualClock();
    private final QueuedMessages messages = new QueuedMessages(clock);

    @Test
    void a_message_is_received_only_after_its_delay() throws Exception {
        messages.send("later", "later", Duration.ofSeconds(60));
        messages.send("now", "now", Duration.ZERO);

        assertThat(messages.take(10)).extracting(Message::id).containsExactly("now");
        clock.advance(Duration.ofSeconds(60));
        assertThat(messages.take(10)).extracting(Message::id).containsExactly("later");
    }

    @Test
    void a_batch_has_at_most_the_maximum_number_of_messages() throws Exception {
        for (int n = 0; n < 3; n++) {
            messages.send("m" + n, "body", Duration.ZERO);
        }

        assertThat(messages.take(2)).hasSize(2);
        assertThat(messages.take(2)).hasSize(1);
    }

    @Test
    void a_received_message_is_hidden_for_a_time_and_counted() throws Exception {
        messages.send("one", "body", Duration.ZERO);
        Message first = messages.take(1).getFirst();
        messages.put(first.receivedUntil(clock.instant().plusSeconds(30)));
        messages.send("other", "body", Duration.ZERO);

        assertThat(messages.take(10)).extracting(Message::id).containsExactly("other");
        clock.advance(Duration.ofSeconds(30));
        assertThat(messages.take(10)).extracting(Message::receives).containsExactly(1);
    }

    @Test
    void no_message_is_received_after_a_stop() throws Exception {
        messages.send("one", "body", Duration.ZERO);

        messages.stop();

        assertThat(messages.take(1)).isEmpty();
    }
}
