package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.transition.Condition.Compared;
import dev.statuswire.core.transition.Condition.Comparison;
import dev.statuswire.core.transition.Condition.Flag;
import dev.statuswire.core.transition.Condition.OneOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests both implementations of each condition. The store's tests compare them with DynamoDB. */
final class ConditionTest {

    private static final Map<String, AttributeValue> EMPTY = Map.of();

    private final Placeholders placeholders = new Placeholders();

    @Test
    void one_of_several_texts_is_sufficient_and_an_absent_text_is_not() {
        var condition = new OneOf("status", List.of("A", "B"));

        assertThat(condition.holds(text("status", "A"))).isTrue();
        assertThat(condition.holds(text("status", "B"))).isTrue();
        assertThat(condition.holds(text("status", "C"))).isFalse();
        assertThat(condition.holds(EMPTY)).isFalse();
        assertThat(condition.expression(placeholders)).isEqualTo("#status IN (:0, :1)");
        assertThat(placeholders.names()).isEqualTo(Map.of("#status", "status"));
        assertThat(placeholders.values())
                .isEqualTo(Map.of(":0", Item.text("A"), ":1", Item.text("B")));
    }

    @ParameterizedTest
    @CsvSource({
        "IS, 4, false", "IS, 5, true", "IS, 6, false",
        "BELOW, 4, true", "BELOW, 5, false", "BELOW, 6, false",
        "AT_LEAST, 4, false", "AT_LEAST, 5, true", "AT_LEAST, 6, true",
    })
    void number_is_compared(Comparison comparison, long stored, boolean holds) {
        var condition = new Compared("fence", comparison, 5);

        assertThat(condition.holds(Map.of("fence", Item.number(stored)))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "IS, 0, true", "IS, 1, false",
        "BELOW, 1, true", "BELOW, 0, false",
        "AT_LEAST, 0, true", "AT_LEAST, 1, false",
    })
    void absent_number_counts_as_0_in_both_implementations(
            Comparison comparison, long value, boolean holds) {
        var condition = new Compared("fence", comparison, value);

        assertThat(condition.holds(EMPTY)).isEqualTo(holds);
        assertThat(
                        condition
                                .expression(placeholders)
                                .startsWith("(attribute_not_exists(#fence) OR "))
                .isEqualTo(holds);
    }

    @Test
    void expression_uses_the_sign_of_the_comparison() {
        assertThat(new Compared("a", Comparison.IS, 5).expression(placeholders))
                .isEqualTo("#a = :0");
        assertThat(new Compared("a", Comparison.AT_LEAST, 5).expression(placeholders))
                .isEqualTo("#a >= :0");
        assertThat(new Compared("a", Comparison.BELOW, 5).expression(placeholders))
                .isEqualTo("(attribute_not_exists(#a) OR #a < :0)");
        assertThat(placeholders.values()).isEqualTo(Map.of(":0", Item.number(5)));
    }

    @Test
    void flag_that_is_absent_or_false_is_not_set() {
        var set = new Flag("stop", true);
        var unset = new Flag("stop", false);

        assertThat(set.holds(flag(true))).isTrue();
        assertThat(set.holds(flag(false))).isFalse();
        assertThat(set.holds(EMPTY)).isFalse();
        assertThat(unset.holds(flag(true))).isFalse();
        assertThat(unset.holds(flag(false))).isTrue();
        assertThat(unset.holds(EMPTY)).isTrue();
        assertThat(set.expression(placeholders)).isEqualTo("#stop = :0");
        assertThat(unset.expression(placeholders))
                .isEqualTo("(attribute_not_exists(#stop) OR #stop <> :0)");
        assertThat(placeholders.values()).isEqualTo(Map.of(":0", AttributeValue.fromBool(true)));
    }

    @Test
    void all_parts_must_hold() {
        var yes = new Flag("stop", false);
        var no = new Compared("fence", Comparison.IS, 1);

        assertThat(Condition.all(yes, yes).holds(EMPTY)).isTrue();
        assertThat(Condition.all(yes, no).holds(EMPTY)).isFalse();
        assertThat(Condition.all(no, yes).holds(EMPTY)).isFalse();
        assertThat(Condition.all(no, new OneOf("status", List.of("A"))).expression(placeholders))
                .isEqualTo("#fence = :0 AND #status IN (:1)");
    }

    private static Map<String, AttributeValue> text(String name, String value) {
        return Map.of(name, AttributeValue.fromS(value));
    }

    private static Map<String, AttributeValue> flag(boolean value) {
        return Map.of("stop", AttributeValue.fromBool(value));
    }
}
