package dev.statuswire.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.json.Json;
import dev.statuswire.schema.InputError;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InvalidProblemTest {

    @Test
    void a_long_pointer_and_detail_are_truncated() {
        InputError error = reported("/" + "a".repeat(1000), "b".repeat(1_000_000));
        assertThat(error.pointer()).isEqualTo("/" + "a".repeat(999) + "…");
        assertThat(error.detail()).isEqualTo("b".repeat(1000) + "…");
    }

    @Test
    void a_pointer_and_detail_of_1000_characters_are_kept() {
        var error = new InputError("/" + "😀".repeat(999), "😀".repeat(1000));
        assertThat(reported(error.pointer(), error.detail())).isEqualTo(error);
    }

    @Test
    void no_character_and_no_escape_is_truncated_in_the_middle() {
        InputError error = reported("/aa" + "~0".repeat(1_000_000), "b" + "😀".repeat(1000));
        assertThat(error.pointer()).isEqualTo("/aa" + "~0".repeat(498) + "…");
        assertThat(error.detail()).isEqualTo("b" + "😀".repeat(999) + "…");
        assertThat(Json.isUnicode(error.detail())).isTrue();
        assertThat(reported("/a" + "~0".repeat(600), "").pointer())
                .isEqualTo("/a" + "~0".repeat(499) + "…");
    }

    @Test
    void a_long_name_is_truncated_and_an_empty_one_is_quoted() {
        assertThat(InputError.about("", "😀".repeat(101), "is required").detail())
                .isEqualTo("😀".repeat(100) + "… is required");
        assertThat(InputError.about("/", "", "is required").detail()).isEqualTo("\"\" is required");
    }

    private static InputError reported(String pointer, String detail) {
        return Problem.invalid(List.of(new InputError(pointer, detail))).errors().getFirst();
    }
}
