package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlaceholdersTest {

    private final Placeholders placeholders = new Placeholders();

    @Test
    void name_is_kept_once_under_its_own() {
        assertThat(placeholders.name("status")).isEqualTo("#status");
        assertThat(placeholders.name("status")).isEqualTo("#status");
        assertThat(placeholders.names()).isEqualTo(Map.of("#status", "status"));
    }

    @Test
    void same_value_has_the_same_placeholder_and_another_another() {
        assertThat(placeholders.value(Item.number(1))).isEqualTo(":0");
        assertThat(placeholders.value(Item.text("1"))).isEqualTo(":1");
        assertThat(placeholders.value(Item.number(1))).isEqualTo(":0");
        assertThat(placeholders.values())
                .isEqualTo(Map.of(":0", Item.number(1), ":1", Item.text("1")));
    }
}
