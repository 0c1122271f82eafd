package dev.statuswire.core.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.testing.TestType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTypesTest {

    private static final List<Step> STEP = TestType.stepsOf("one");

    @Test
    void retired_type_is_known_and_not_offered() {
        var types =
                RequestTypes.of(List.of(TestType.of("a", "one"), TestType.of("b", "two")))
                        .retire(List.of("b"));

        assertThat(types.offered()).extracting(RequestType::name).containsExactly("a");
        assertThat(types.find("b")).isPresent();
        assertThat(types.stepsOf("b")).containsExactly("two");
    }

    @Test
    void unknown_type_cannot_be_retired() {
        var types = RequestTypes.of(List.of(TestType.of("a", "one")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.retire(List.of("a", "z")))
                .withMessageContaining("STATUSWIRE_RETIRED_TYPES names z");
    }

    @Test
    void types_are_found_by_name_and_sorted_by_name() {
        var types = RequestTypes.of(List.of(TestType.of("b", "one"), TestType.of("a", "x", "y")));

        assertThat(types.all()).extracting(RequestType::name).containsExactly("a", "b");
        assertThat(types.find("b")).map(RequestType::name).contains("b");
        assertThat(types.stepsOf("a")).containsExactly("x", "y");
    }

    @Test
    void unknown_type_is_not_found_and_has_no_steps() {
        var types = RequestTypes.of(List.of());

        assertThat(types.find("a")).isEmpty();
        assertThat(types.stepsOf("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "ä", "a\n"})
    void name_with_other_characters_than_lower_case_letters_digits_and_hyphens_is_refused(
            String name) {
        assertRefused("its name does not match", TestType.of(name, "one"));
    }

    @Test
    void name_with_more_than_63_characters_is_refused() {
        RequestTypes.of(List.of(TestType.of("a".repeat(63), "one")));

        assertRefused("its name does not match", TestType.of("a".repeat(64), "one"));
    }

    @Test
    void two_types_with_the_same_name_are_refused() {
        assertRefused("two types have this name", TestType.of("a", "one"), TestType.of("a", "x"));
    }

    @Test
    void schema_that_is_not_json_is_refused() {
        assertRefused("its schema is not JSON", new TestType("a", Pace.QUICK, "{", "{}", 3, STEP));
    }

    @Test
    void example_that_is_not_json_is_refused() {
        assertRefused("its example is not JSON", new TestType("a", Pace.QUICK, "{}", "", 3, STEP));
    }

    @Test
    void type_without_any_allowed_failure_is_refused() {
        RequestTypes.of(List.of(new TestType("a", Pace.QUICK, "{}", "{}", 1, STEP)));

        assertRefused(
                "its maxFailures is less than 1",
                new TestType("a", Pace.QUICK, "{}", "{}", 0, STEP));
    }

    @Test
    void type_without_steps_or_with_more_than_32_is_refused() {
        RequestTypes.of(List.of(TestType.of("a", names(32))));

        assertRefused("it must have 1 to 32 steps", TestType.of("a"));
        assertRefused("it must have 1 to 32 steps", TestType.of("a", names(33)));
    }

    @Test
    void two_steps_with_the_same_name_are_refused() {
        assertRefused("two of its steps have the same name", TestType.of("a", "one", "two", "one"));
    }

    @Test
    void step_with_a_blank_or_too_long_name_is_refused() {
        RequestTypes.of(List.of(TestType.of("a", "n".repeat(RequestTypes.MAX_STEP_NAME))));

        assertRefused("the name of a step must have 1 to 100 characters", TestType.of("a", " "));
        assertRefused(
                "the name of a step must have 1 to 100 characters",
                TestType.of("a", "n".repeat(101)));
    }

    @Test
    void step_with_a_time_limit_longer_than_an_invocation_is_refused() {
        RequestTypes.of(List.of(withLimit(RequestTypes.MAX_TIME_LIMIT)));

        assertRefused(
                "request type a: the time limit of step one is PT2H; it must be more than 0 and at"
                        + " most PT14M",
                withLimit(Duration.ofHours(2)));
        assertRefused("the time limit of step one is PT0S", withLimit(Duration.ZERO));
    }

    private static TestType withLimit(Duration limit) {
        Step step = TestType.stepsOf("one").getFirst();
        return TestType.of(
                "a",
                Pace.SLOW,
                List.of(
                        new Step() {
                            @Override
                            public String name() {
                                return step.name();
                            }

                            @Override
                            public JsonNode run(StepContext context) throws Exception {
                                return step.run(context);
                            }

                            @Override
                            public Duration timeLimit() {
                                return limit;
                            }
                        }));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "step-" + i).toArray(String[]::new);
    }

    private static void assertRefused(String why, RequestType... types) {
        assertThatIllegalStateException()
                .isThrownBy(() -> RequestTypes.of(List.of(types)))
                .withMessageContaining(why);
    }
}
