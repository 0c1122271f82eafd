package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ShardLanesTest {

    @Test
    void a_key_has_one_lane_regardless_of_the_order_of_its_attributes() {
        Map<String, AttributeValue> reversed = new HashMap<>();
        reversed.put("id", AttributeValue.fromS("x"));
        reversed.put("owner", AttributeValue.fromS("local"));
        Map<String, AttributeValue> key =
                Map.of("owner", AttributeValue.fromS("local"), "id", AttributeValue.fromS("x"));
        assertThat(ShardLanes.laneOf(key, 7))
                .isEqualTo(ShardLanes.laneOf(reversed, 7))
                .isBetween(0, 6);
    }

    @Test
    void keys_are_distributed_evenly() {
        int[] count = new int[10];
        for (int i = 0; i < 10_000; i++) {
            String id = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)}).toString();
            count[ShardLanes.laneOf(Map.of("id", AttributeValue.fromS(id)), count.length)]++;
        }
        assertThat(count).doesNotContain(0);
        for (int lane : count) {
            assertThat(lane).isBetween(850, 1150);
        }
    }
}
