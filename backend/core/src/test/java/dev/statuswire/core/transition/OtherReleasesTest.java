package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.testing.StoredItems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads items of the previous release, which were recorded from it, and of a hypothetical next one.
 * A deployment finds the former; a rollback finds the latter.
 */
final class OtherReleasesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "running", "retrying", "succeeded", "failed", "cancelled"})
    void item_of_the_previous_release_is_read_and_understood(String status) {
        Request request = StoredItems.read("release-0.1-" + status);

        assertThat(request.statusText()).isEqualToIgnoringCase(status);
        assertThat(request.isUnderstood()).isTrue();
        assertThat(request.life()).isNull();
        assertThat(request.format()).isEqualTo(1);
    }

    @Test
    void accepted_request_of_the_previous_release_gets_a_life() {
        var item = StoredItems.item("release-0.1-accepted");

        assertThat(request(claimed(item)).life()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "retrying", "failed", "cancelled"})
    void started_request_of_the_previous_release_keeps_its_effect_keys(String status) {
        var item = StoredItems.item("release-0.1-" + status);
        Request seen = request(item);
        Transition offer =
                seen.status().finished()
                        ? transitions.retry(seen, NOW)
                        : transitions.sweep(seen, NOW);

        Request claimed = request(claimed(offer.applyTo(item).orElseThrow()));

        assertThat(claimed.effectKey("one")).isEqualTo("ada/request-%s/one".formatted(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parked", "skipped", "accepted"})
    void item_of_a_later_release_is_read_and_not_understood(String what) {
        Request request = StoredItems.read("next-release-" + what);

        assertThat(request.version()).isEqualTo(5);
        assertThat(request.isUnderstood()).isFalse();
    }

    private Map<String, AttributeValue> claimed(Map<String, AttributeValue> item) {
        return transitions
                .claim(request(item), List.of("one"), Set.of(), NOW)
                .applyTo(item)
                .orElseThrow();
    }

    private static Request request(Map<String, AttributeValue> item) {
        return Item.read(item).orElseThrow();
    }
}
