package dev.statuswire.emulator.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.gateway.OutboundBuffer.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OutboundBufferTest {

    private static List<Fragment> drain(OutboundBuffer buffer) {
        List<Fragment> fragments = new ArrayList<>();
        Optional<Fragment> next = buffer.take();
        while (next.isPresent()) {
            fragments.add(next.get());
            buffer.sent();
            next = buffer.take();
        }
        return fragments;
    }

    @Test
    void a_message_is_split_into_frames_and_only_the_last_is_marked() {
        OutboundBuffer buffer = new OutboundBuffer(1_000, 4);
        buffer.offer("abcdefghij".getBytes(UTF_8));
        assertThat(drain(buffer))
                .containsExactly(
                        new Fragment("abcd", false),
                        new Fragment("efgh", false),
                        new Fragment("ij", true));
    }

    @Test
    void a_message_of_exactly_one_frame_and_an_empty_one_are_one_frame_each() {
        OutboundBuffer buffer = new OutboundBuffer(1_000, 4);
        buffer.offer("abcd".getBytes(UTF_8));
        buffer.offer(new byte[0]);
        assertThat(drain(buffer))
                .containsExactly(new Fragment("abcd", true), new Fragment("", true));
    }

    @Test
    void a_frame_never_ends_inside_a_character() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        int[] samples = {'a', 'é', '€', 0x1F600};
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i >= 0; i--) {
                text.appendCodePoint(samples[random.nextInt(samples.length)]);
            }
            int frame = random.nextInt(4, 20);
            OutboundBuffer buffer = new OutboundBuffer(10_000, frame);
            buffer.offer(text.toString().getBytes(UTF_8));
            List<Fragment> fragments = drain(buffer);
            assertThat(String.join("", fragments.stream().map(Fragment::text).toList()))
                    .isEqualTo(text.toString());
            assertThat(fragments)
                    .allMatch(fragment -> fragment.text().getBytes(UTF_8).length <= frame);
        }
    }

    @Test
    void a_message_occupies_its_room_until_its_last_frame_was_sent() {
        int cost = 8 + GatewayLimits.MESSAGE_OVERHEAD;
        OutboundBuffer buffer = new OutboundBuffer(cost, 4);
        assertThat(buffer.offer("abcdefgh".getBytes(UTF_8))).isTrue();
        assertThat(buffer.offer(new byte[0])).isFalse();
        buffer.take();
        buffer.sent();
        assertThat(buffer.offer(new byte[0])).isFalse();
        buffer.take();
        assertThat(buffer.held()).isEqualTo(cost);
        buffer.sent();
        assertThat(buffer.held()).isZero();
        assertThat(buffer.offer("abcdefgh".getBytes(UTF_8))).isTrue();
    }

    @Test
    void tiny_messages_also_fill_the_buffer() {
        OutboundBuffer buffer = new OutboundBuffer(64 * 1024, 4);
        int accepted = 0;
        while (buffer.offer(new byte[1])) {
            accepted++;
        }
        assertThat(accepted).isLessThan(1_100);
    }
}
