package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlaceholdersTest {

    private final Placeholders placeholders = new Placeholders();

    @Test
    void attribute_name_has_one_placeholder() {
        assertThat(placeholders.name("status")).isEqualTo("#status");
        assertThat(placeholders.name("status")).isEqualTo("#status");
        assertThat(placeholders.names()).isEqualTo(Map.of("#status", "status"));
    }

    @Test
    void equal_values_have_the_same_placeholder() {
        assertThat(placeholders.value(Item.number(1))).isEqualTo(":0");
        assertThat(placeholders.value(Item.text("1"))).isEqualTo(":1");
        assertThat(placeholders.value(Item.number(1))).isEqualTo(":0");
        assertThat(placeholders.values())
                .isEqualTo(Map.of(":0", Item.number(1), ":1", Item.text("1")));
    }
}
