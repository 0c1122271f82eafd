package dev.statuswire.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nonsense",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":1}",
                "[{\"b\":{\"a\":1,\"a\":2}}]",
                "{} {}",
                "1 2",
                "{}x",
                "NaN",
                "01",
                "+1",
                "// why\n1"
            })
    void text_that_is_not_exactly_one_json_value_is_refused(String text) {
        assertThat(Json.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "1", "\"\"", "[]", "{}", " {\"a\":[1,null]}\n"})
    void every_kind_of_value_is_accepted(String text) {
        assertThat(Json.parse(text)).map(Json::write).contains(text.strip());
    }

    @Test
    void nesting_deeper_than_100_levels_is_refused() {
        assertThat(Json.parse("[".repeat(100) + "]".repeat(100))).isPresent();
        assertThat(Json.parse("[".repeat(101) + "]".repeat(101))).isEmpty();
        assertThat(Json.parse("{\"a\":".repeat(50_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e99999999999999999999", "-1e99999999999999999999", "1e-9999999999999999"})
    void number_with_too_large_an_exponent_is_refused(String text) {
        assertThat(Json.parse(text)).isEmpty();
        assertThat(Json.parse("{\"a\":[" + text + "]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.50",
                "0.1",
                "12345678901234567890123456789",
                "3.14159265358979323846",
                "-0",
                "-0.0",
                "0.0000001",
                "1e5",
                "1E5",
                "1e+05",
                "10e-4",
                "1e-400",
                "2147483648",
                "-9223372036854775809"
            })
    void number_keeps_its_digits(String text) {
        assertThat(Json.parse(text)).map(Json::write).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} {} | SYNTAX",
                "[1 | SYNTAX",
                "{\"a\":1,\"\\u0061\":2} | KEY_TWICE",
                "1e99999999999 | EXPONENT",
                "\"\\ud800\" | SURROGATE",
                "{\"\\udc00x\":1} | SURROGATE",
                "\"\\udc00\\ud800\" | SURROGATE",
                "[1,2,3,4,5,6,7,8,9] | SIZE"
            })
    void exception_contains_the_rule_that_a_text_breaks(
            String text, NotJsonException.Reason reason) {
        assertThatExceptionOfType(NotJsonException.class)
                .isThrownBy(() -> Json.read(text, 10))
                .extracting(NotJsonException::reason)
                .isEqualTo(reason);
    }

    @Test
    void number_of_more_than_1000_characters_is_refused() {
        assertThat(Json.parse("9".repeat(1000))).map(Json::write).contains("9".repeat(1000));
        assertThatExceptionOfType(NotJsonException.class)
                .isThrownBy(() -> Json.read("9".repeat(1001), 10))
                .extracting(NotJsonException::reason)
                .isEqualTo(NotJsonException.Reason.NUMBER);
    }

    @Test
    void astral_characters_and_long_keys_are_preserved() {
        String key = "k".repeat(60_000);
        assertThat(Json.parse("{\"" + key + "\":\"\\ud83d\\ude00\"}"))
                .map(Json::write)
                .contains("{\"" + key + "\":\"😀\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1.0",
                "1 | 1e0",
                "1.0 | 1e0",
                "100 | 1e2",
                "0 | -0.0",
                "12345678901234567890 | 12345678901234567890.0",
                "1e400 | 10e399",
                "[1,{\"a\":2}] | [1.0,{\"a\":2.00}]",
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
                "\"\\u0041\" | \"A\""
            })
    void same_content_in_another_spelling_is_equal(String a, String b) {
        assertThat(Json.same(json(a), json(b))).isTrue();
        assertThat(Json.same(json(b), json(a))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 2",
                "1 | 1.0000000000000000000000001",
                "12345678901234567890 | 12345678901234567891",
                "1 | \"1\"",
                "1 | true",
                "null | {}",
                "{\"a\":null} | {}",
                "[1,2] | [2,1]",
                "[1] | [1,1]",
                "{\"a\":1} | {\"a\":1,\"b\":1}",
                "{\"a\":1} | {\"b\":1}",
                "\"a\" | \"A\""
            })
    void different_content_is_not_equal(String a, String b) {
        assertThat(Json.same(json(a), json(b))).isFalse();
        assertThat(Json.same(json(b), json(a))).isFalse();
    }

    private static JsonNode json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
