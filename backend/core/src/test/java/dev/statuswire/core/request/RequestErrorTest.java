package dev.statuswire.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestErrorTest {

    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void error_without_a_code_gets_the_default_code(String code) {
        var error = new RequestError(code, "m", null, false);

        assertThat(error.code()).isEqualTo(RequestError.NO_CODE);
    }

    @ParameterizedTest
    @NullSource
    void error_without_a_message_gets_an_empty_message(String message) {
        assertThat(new RequestError("c", message, null, false).message()).isEmpty();
    }

    @Test
    void long_texts_are_truncated() {
        var error = new RequestError("c".repeat(500_000), "m".repeat(500_000), null, false);

        assertThat(error.code()).hasSize(RequestError.MAX_CODE);
        assertThat(error.message()).hasSize(RequestError.MAX_MESSAGE);
    }

    @Test
    void unpaired_surrogate_becomes_a_replacement_character() {
        var error = new RequestError("c\uD83D", "\uDE00m\uD83D\uDE00", null, false);

        assertThat(error.code()).isEqualTo("c\uFFFD");
        assertThat(error.message()).isEqualTo("\uFFFDm" + EMOJI);
        assertThat(new Progress(1, "\uD83D").message()).isEqualTo("\uFFFD");
    }

    @Test
    void surrogate_pair_is_not_split() {
        var error = new RequestError("c", "m".repeat(999) + EMOJI, null, false);
        var progress = new Progress(1, "m".repeat(199) + EMOJI);

        assertThat(error.message()).isEqualTo("m".repeat(999));
        assertThat(progress.message()).isEqualTo("m".repeat(199));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(error.message())).isTrue();
    }
}
