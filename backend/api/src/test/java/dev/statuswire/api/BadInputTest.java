package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.BadInputContract;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input as the contract has it, and what would keep the API itself from answering. */
@Timeout(60)
final class BadInputTest extends BadInputContract {

    private final ApiDoor api = ApiDoor.inMemory(parts -> {});

    @Override
    protected Door open() {
        return api;
    }

    @Test
    void a_pattern_that_would_never_end_is_given_up() {
        assertThat(pointers(order("\"code\":\"" + "a".repeat(60_000) + "!\"")))
                .containsExactly("/input/code");
        assertThat(pointers(order("\"code\":\"" + "a".repeat(40) + "!\"")))
                .containsExactly("/input/code");
    }

    @Test
    void a_pattern_that_would_use_up_the_stack_is_given_up() {
        Answer answer = order("\"words\":\"" + "ab".repeat(30_000) + "\"");
        assertThat(answer.status()).isIn(202, 422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status/%u0041", "/problems/%u0041", "/nowhere/%u0041", "/types%u"})
    void a_path_that_is_not_percent_encoded_is_400(String path) {
        String answer =
                RawHttp.send(api.server().port(), "GET " + path + " HTTP/1.1", "Host: 127.0.0.1");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }
}
