package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.BadInputContract;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.RawHttp;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the contract for bad input against the API, and tests inputs that could overload the API
 * itself.
 */
@Timeout(60)
final class BadInputTest extends BadInputContract {

    private final ApiDoor api = ApiDoor.inMemory(parts -> {});

    @Override
    protected Door open() {
        return api;
    }

    @Test
    void a_pattern_prone_to_backtracking_is_validated_in_bounded_time() {
        assertThat(pointers(order("\"code\":\"" + "a".repeat(60_000) + "!\"")))
                .containsExactly("/input/code");
        assertThat(pointers(order("\"code\":\"" + "a".repeat(40) + "!\"")))
                .containsExactly("/input/code");
    }

    @Test
    void a_pattern_prone_to_recursion_does_not_exhaust_the_stack() {
        Answer answer = order("\"words\":\"" + "ab".repeat(30_000) + "\"");
        assertThat(answer.status()).isIn(202, 422);
    }

    @Test
    void thousands_of_unknown_members_are_not_all_reported() {
        String members =
                IntStream.range(0, 4_000)
                        .mapToObj(n -> "\"m-%d\":1".formatted(n))
                        .collect(Collectors.joining(","));
        Answer answer = put("{\"type\":\"test-any\",\"input\":1," + members + "}");

        assertThat(pointers(answer)).hasSize(50);
        assertThat(answer.json().path("detail").asText()).contains("there are more");
    }

    @Test
    void errors_with_long_pointers_give_a_problem_of_bounded_size() {
        String name = "n".repeat(30_000);
        String numbers = "1e999,".repeat(1_000) + "1e999";
        Answer answer =
                put("{\"type\":\"test-any\",\"input\":{\"" + name + "\":[" + numbers + "]}}");

        assertThat(pointers(answer))
                .isNotEmpty()
                .allSatisfy(pointer -> assertThat(pointer).hasSizeLessThanOrEqualTo(1_001));
        assertThat(answer.body().length()).isLessThan(200_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status/%u0041", "/problems/%u0041", "/nowhere/%u0041", "/types%u"})
    void a_path_that_is_not_percent_encoded_is_400(String path) {
        String answer =
                RawHttp.send(api.server().port(), "GET " + path + " HTTP/1.1", "Host: 127.0.0.1");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }
}
