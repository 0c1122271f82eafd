package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSelectionTest {

    private final RouteSelection routes = new RouteSelection(Set.of("subscribe", "ping", "7"));

    @Test
    void an_action_selects_the_route_of_that_name() {
        assertThat(routes.routeOf("{\"action\":\"ping\",\"more\":[1]}")).isEqualTo("ping");
        assertThat(routes.routeOf("{\"action\":7}")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping",
                "\"ping\"",
                "[]",
                "null",
                "{}",
                "{\"action\":\"PING\"}",
                "{\"action\":\"$connect\"}",
                "{\"action\":\"$disconnect\"}",
                "{\"action\":[\"ping\"]}",
                "{\"action\":{\"ping\":1}}",
                "{\"action\":null}",
                "{\"inner\":{\"action\":\"ping\"}}",
                "{\"action\":\"ping\"} and more",
                "{\"action\":\"ping\""
            })
    void every_other_message_goes_to_default(String message) {
        assertThat(routes.routeOf(message)).isEqualTo("$default");
    }

    @Test
    void an_excessively_nested_message_goes_to_default() {
        assertThat(routes.routeOf("[".repeat(100_000))).isEqualTo("$default");
    }
}
