package dev.statuswire.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionTest {

    record Person(String name) {}

    record Greeting(String text) {}

    private static Definition.Builder<Person> greet(String name) {
        return Definition.of(name, Person.class).example(new Person("Ada"));
    }

    private static Definition.Builder<Person> greet() {
        return greet("greet").step("one", Greeting.class, DefinitionTest::hello);
    }

    private static Greeting hello(StepContext<Person> context) {
        return new Greeting("Hello " + context.input().name());
    }

    private static void assertRefused(String why, Definition.Builder<?> type) {
        assertThatExceptionOfType(InvalidTypeException.class)
                .isThrownBy(type::build)
                .withMessageContaining(why)
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain("\n"));
    }

    @Test
    void definition_has_what_its_author_set_and_defaults_for_the_rest() {
        Definition<Person> type = greet().build();

        assertThat(type.name()).isEqualTo("greet");
        assertThat(type.title()).isEqualTo("greet");
        assertThat(type.description()).isEmpty();
        assertThat(type.schema()).isEmpty();
        assertThat(type.inputType()).isEqualTo(Person.class);
        assertThat(type.example()).isEqualTo(new Person("Ada"));
        assertThat(type.pace()).isEqualTo(Pace.QUICK);
        assertThat(type.stepNames()).containsExactly("one");
        assertThat(type.steps().get(0).timeLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(type.steps().get(0).retry().times()).isEqualTo(2);
        assertThat(type.steps().get(0).outputType()).isEqualTo(Greeting.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "ä", "a\n"})
    void name_with_other_characters_than_lower_case_letters_digits_and_hyphens_is_refused(
            String name) {
        assertRefused("its name does not match", greet(name));
    }

    @Test
    void name_with_more_than_63_characters_is_refused() {
        greet("a".repeat(63)).step("one", Greeting.class, DefinitionTest::hello).build();

        assertRefused("its name does not match", greet("a".repeat(64)));
    }

    @Test
    void type_without_an_example_is_refused() {
        assertRefused(
                "request type greet: it has no example",
                Definition.of("greet", Person.class)
                        .step("one", Greeting.class, DefinitionTest::hello));
    }

    @Test
    void schema_that_is_not_json_is_refused() {
        assertRefused("its schema is not JSON", greet().schema("{"));
        assertRefused("its schema is not JSON", greet().schema(""));
    }

    @Test
    void type_with_an_input_of_any_json_needs_a_schema() {
        Definition.Builder<JsonNode> any =
                Definition.of("any", JsonNode.class)
                        .example(JsonNodeFactory.instance.objectNode())
                        .step("one", JsonNode.class, StepContext::input);

        assertRefused("its input is JSON, so it needs a schema", any);
        assertThat(any.schema("{}").build().schema()).contains("{}");
    }

    @Test
    void type_without_steps_or_with_more_than_32_is_refused() {
        withSteps(32).build();

        assertRefused("it must have 1 to 32 steps", withSteps(0));
        assertRefused("it must have 1 to 32 steps", withSteps(33));
    }

    private static Definition.Builder<Person> withSteps(int count) {
        Definition.Builder<Person> type = greet("greet");
        IntStream.range(0, count)
                .forEach(i -> type.step("step-" + i, Greeting.class, DefinitionTest::hello));
        return type;
    }

    @Test
    void two_steps_with_the_same_name_are_refused() {
        assertRefused(
                "two of its steps have the same name, one",
                greet().step("one", Greeting.class, DefinitionTest::hello));
    }

    @Test
    void step_with_a_blank_or_too_long_name_is_refused() {
        greet().step("n".repeat(100), Greeting.class, DefinitionTest::hello).build();

        assertRefused(
                "the name of a step must have 1 to 100 characters",
                greet().step(" ", Greeting.class, DefinitionTest::hello));
        assertRefused(
                "the name of a step must have 1 to 100 characters",
                greet().step("n".repeat(101), Greeting.class, DefinitionTest::hello));
    }

    @Test
    void step_with_a_time_limit_longer_than_an_invocation_is_refused() {
        with(step -> step.timeLimit(Definition.MAX_TIME_LIMIT)).build();

        assertRefused(
                "request type greet: the time limit of step two is PT2H; it must be more than 0 and"
                        + " at most PT14M",
                with(step -> step.timeLimit(Duration.ofHours(2))));
        assertRefused(
                "the time limit of step two is PT0S", with(step -> step.timeLimit(Duration.ZERO)));
    }

    @SuppressWarnings("ReturnValueIgnored") // the options are changed, and the result is the same
    private static Definition.Builder<Person> with(
            UnaryOperator<StepOptions<Person, Greeting>> options) {
        return greet().step("two", Greeting.class, DefinitionTest::hello, options::apply);
    }

    @Test
    void policy_of_a_step_comes_before_that_of_the_type_wherever_it_is_set() {
        Definition<Person> type =
                with(step -> step.retry(Retry.times(7))).retry(Retry.none()).build();

        assertThat(type.steps().get(0).retry().times()).isZero();
        assertThat(type.steps().get(1).retry().times()).isEqualTo(7);
    }

    @Test
    void policy_outside_its_limits_is_refused() {
        Duration second = Duration.ofSeconds(1);

        assertRefused(
                "step one is retried -1 times; the number must be 0 to 1000",
                greet().retry(Retry.times(-1)));
        assertRefused("step one is retried 1001 times", greet().retry(Retry.times(1001)));
        assertRefused(
                "the backoff of step one is PT0S to PT1S",
                greet().retry(Retry.times(1).backoff(Duration.ZERO, second)));
        assertRefused(
                "the backoff of step one is PT1S to PT0.5S; the first duration must be more than 0"
                        + " and at most the second, and the second at most PT24H",
                greet().retry(Retry.times(1).backoff(second, Duration.ofMillis(500))));
        assertRefused(
                "and the second at most PT24H",
                greet().retry(Retry.times(1).backoff(second, Duration.ofDays(2))));
        assertThatNoException()
                .isThrownBy(
                        () ->
                                greet().retry(Retry.times(1000).backoff(second, Retry.MAX_BACKOFF))
                                        .build());
    }

    @Test
    void longest_wait_doubles_with_each_failure_up_to_the_maximum() {
        Retry policy = Retry.times(9).backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

        assertThat(IntStream.range(0, 5).mapToObj(policy::longestWait))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
        assertThat(policy.longestWait(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void excluded_exception_and_its_subclasses_are_not_retried() {
        Retry policy =
                Retry.times(1)
                        .doNotRetry(IOException.class)
                        .doNotRetry(IllegalArgumentException.class);

        assertThat(policy.retries(new IOException())).isFalse();
        assertThat(policy.retries(new NumberFormatException())).isFalse();
        assertThat(policy.retries(new UncheckedIOException(new IOException()))).isTrue();
    }
}
