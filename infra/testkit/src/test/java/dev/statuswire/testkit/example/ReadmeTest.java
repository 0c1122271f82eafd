package dev.statuswire.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.example.PlaceOrder.Dish;
import dev.statuswire.testkit.example.PlaceOrder.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final Path EXAMPLE =
            Path.of("src/test/java/dev/statuswire/testkit/example/PlaceOrderTest.java");

    private static final Path WAITS =
            Path.of("src/test/java/dev/statuswire/testkit/example/PlanPartyTest.java");

    private static final Path LINKS = Path.of("src/test/java/dev/statuswire/testkit/LinkTest.java");

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void the_readme_shows_the_complete_test_in_less_than_60_lines() throws IOException {
        assertThat(readme()).contains("```java\n" + Files.readString(EXAMPLE) + "```");
        assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThan(60);
    }

    @Test
    void the_readme_shows_the_tests_of_a_type_that_waits_and_undoes() throws IOException {
        String code = Files.readString(WAITS);
        String tests = code.substring(code.indexOf("    @Test"), code.lastIndexOf('}'));

        assertThat(readme()).contains("```java\n" + tests.stripTrailing().stripIndent() + "\n```");
    }

    @Test
    void the_readme_shows_the_first_test_of_links() throws IOException {
        String code = Files.readString(LINKS);
        int start = code.indexOf("    @Test");
        String test = code.substring(start, code.indexOf("    @Test", start + 1));

        assertThat(readme()).contains("```java\n" + test.stripTrailing().stripIndent() + "\n```");
    }

    @Test
    void the_readme_shows_the_message_about_an_effect_without_a_key() throws IOException {
        StatuswireTest<Order> statuswire =
                StatuswireTest.with(new PlaceOrder())
                        .client(
                                Kitchen.class,
                                effects ->
                                        (key, dish, quantity) ->
                                                effects.happened(
                                                        "cook " + quantity + " × " + dish));
        AssertionError failure =
                catchThrowableOfType(
                        AssertionError.class,
                        statuswire.submit(new Order(Dish.PASTA, 2))::crashEverywhere);

        assertThat(readme()).contains("```\n" + failure.getMessage() + "\n```");
    }
}
