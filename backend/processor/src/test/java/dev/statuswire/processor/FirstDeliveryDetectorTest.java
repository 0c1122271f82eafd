package dev.statuswire.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which deliveries count as the first one, so that a request runs without a claim. */
final class FirstDeliveryDetectorTest {

    private final ManualClock clock = new ManualClock();
    private final ManualClock steady = new ManualClock();
    private final FirstDeliveryDetector deliveries = new FirstDeliveryDetector(clock, steady);

    private Map<String, AttributeValue> submitted() {
        return new HashMap<>(
                new Transitions(TransitionTiming.DEFAULT)
                        .submit(
                                new RequestKey("ada", "request-1"),
                                new Submission("t", "{}"),
                                clock.instant()));
    }

    private static Request request(Map<String, AttributeValue> item) {
        return Item.read(item).orElseThrow();
    }

    /** Delivers a first new request. */
    private void deliverFirstRequest() {
        assertThat(deliveries.isFirst(request(submitted()))).isFalse();
        clock.advance(Duration.ofMillis(1));
    }

    @Test
    void first_delivery_is_detected_once() {
        deliverFirstRequest();
        Request one = request(submitted());
        Request other = request(submitted());

        assertThat(deliveries.isFirst(one)).isTrue();
        assertThat(deliveries.isFirst(one)).isFalse();
        assertThat(deliveries.isFirst(other)).as("another life of the id").isTrue();
    }

    @Test
    void request_submitted_before_the_process_received_its_first_one_is_claimed() {
        Request before = request(submitted());
        clock.advance(Duration.ofMillis(1));
        Request first = request(submitted());
        assertThat(deliveries.isFirst(first)).isFalse();
        Request atTheSameTime = request(submitted());
        clock.advance(Duration.ofMillis(1));
        Request after = request(submitted());

        assertThat(deliveries.isFirst(before)).isFalse();
        assertThat(deliveries.isFirst(atTheSameTime)).isFalse();
        assertThat(deliveries.isFirst(after)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1001, false", "-1000, true", "0, true", "2000, true", "2001, false"})
    void request_is_new_for_two_seconds_if_clocks_agree(int ageMillis, boolean isFirst) {
        deliverFirstRequest();
        clock.advance(Duration.ofSeconds(2));
        Request request = request(submitted());

        clock.advance(Duration.ofMillis(ageMillis));

        assertThat(deliveries.isFirst(request)).isEqualTo(isFirst);
    }

    @Test
    void request_is_remembered_for_longer_than_it_is_new() {
        deliverFirstRequest();
        Request request = request(submitted());
        deliveries.isFirst(request);

        steady.advance(Duration.ofSeconds(10));
        assertThat(deliveries.isFirst(request)).isFalse();
        steady.advance(Duration.ofMillis(1));
        assertThat(deliveries.isFirst(request)).as("forgotten").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {Item.LIFE, Item.DUE_AT, Item.CREATED_AT})
    void item_of_another_program_that_lacks_an_attribute_is_claimed(String attribute) {
        deliverFirstRequest();
        Map<String, AttributeValue> item = submitted();
        item.remove(attribute);

        assertThat(deliveries.isFirst(request(item))).isFalse();
    }

    @Test
    void item_that_has_already_changed_is_claimed() {
        deliverFirstRequest();
        Map<String, AttributeValue> happened =
                Map.of(
                        Item.VERSION, AttributeValue.fromN("2"),
                        Item.FENCE, AttributeValue.fromN("1"),
                        Item.ATTEMPT, AttributeValue.fromN("1"),
                        Item.FAILURES, AttributeValue.fromN("1"),
                        Item.STEPS,
                                AttributeValue.fromL(
                                        List.of(
                                                AttributeValue.fromM(
                                                        Map.of(
                                                                "name", AttributeValue.fromS("one"),
                                                                "status",
                                                                        AttributeValue.fromS(
                                                                                "PENDING"))))),
                        Item.TYPE_UNKNOWN_SINCE, AttributeValue.fromN("1"),
                        Item.CANCEL_REQUESTED, AttributeValue.fromBool(true));

        happened.forEach(
                (attribute, value) -> {
                    Map<String, AttributeValue> item = submitted();
                    item.put(attribute, value);
                    assertThat(deliveries.isFirst(request(item))).as(attribute).isFalse();
                });
    }
}
