package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientJsonTest {

    private static final ObjectMapper MAPPER = ClientJson.mapper();

    record Order(String dish, int quantity, BigDecimal tip) {}

    private static String submission(Object input) {
        return ClientJson.submission("place-order", input, SubmitOptions.none(), MAPPER);
    }

    @Test
    void submission_has_the_type_first_and_no_white_space() {
        ObjectMapper indenting =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("dish", "soup");
        input.put("tags", List.of("hot", "fast"));

        assertThat(ClientJson.submission("place-order", input, SubmitOptions.none(), indenting))
                .isEqualTo(
                        "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"tags\":[\"hot\",\"fast\"]}}");
    }

    @Test
    void options_are_between_the_type_and_the_input() {
        SubmitOptions options =
                SubmitOptions.none()
                        .tag("trip-42", "team:sales")
                        .notAfter(Instant.parse("2030-01-31T14:30:00.123456789Z"))
                        .notBefore(Instant.parse("2030-01-31T13:30:00Z"));

        assertThat(ClientJson.submission("place-order", Map.of(), options, MAPPER))
                .isEqualTo(
                        "{\"type\":\"place-order\",\"notBefore\":\"2030-01-31T13:30:00.000Z\","
                                + "\"notAfter\":\"2030-01-31T14:30:00.123Z\","
                                + "\"tags\":[\"trip-42\",\"team:sales\"],\"input\":{}}");
    }

    @Test
    void options_of_a_link_that_are_not_set_are_left_out() {
        LinkOptions all =
                LinkOptions.answer()
                        .step("approve")
                        .label("For Bob")
                        .showsInput(true)
                        .expiresAt(Instant.parse("2030-01-31T14:30:00Z"));

        assertThat(ClientJson.link(all))
                .isEqualTo(
                        "{\"scope\":\"answer\",\"step\":\"approve\",\"label\":\"For Bob\","
                                + "\"expiresAt\":\"2030-01-31T14:30:00.000Z\",\"showsInput\":true}");
        assertThat(ClientJson.link(LinkOptions.watch()))
                .isEqualTo("{\"scope\":\"watch\",\"showsInput\":false}");
        assertThat(ClientJson.link(all.step(null).label(null).showsInput(false).expiresAt(null)))
                .isEqualTo("{\"scope\":\"answer\",\"showsInput\":false}");
    }

    @Test
    void options_that_are_not_set_are_left_out() {
        SubmitOptions reset =
                SubmitOptions.none()
                        .notBefore(Instant.EPOCH)
                        .tag("trip-42")
                        .notBefore(null)
                        .tag()
                        .notAfter(Instant.parse("2030-01-31T14:30:00Z"));

        assertThat(ClientJson.submission("place-order", Map.of(), reset, MAPPER))
                .isEqualTo(
                        "{\"type\":\"place-order\",\"notAfter\":\"2030-01-31T14:30:00.000Z\",\"input\":{}}");
    }

    @Test
    void answer_has_the_step_first_and_keeps_the_digits_of_numbers() {
        assertThat(ClientJson.answer("approve", ClientJson.read("{\"rate\": 0.10}"), MAPPER))
                .isEqualTo("{\"step\":\"approve\",\"answer\":{\"rate\":0.10}}");
        assertThat(ClientJson.answer("a\"b", Map.of("approved", true), MAPPER))
                .isEqualTo("{\"step\":\"a\\\"b\",\"answer\":{\"approved\":true}}");
    }

    @Test
    void record_is_written_with_the_digits_of_its_numbers() {
        assertThat(submission(new Order("soup", 2, new BigDecimal("1.10"))))
                .isEqualTo(
                        "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"quantity\":2,\"tip\":1.10}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3544790567247868102",
                "0.1000",
                "1.0",
                "1E+400",
                "123456789012345678901234567890"
            })
    void number_keeps_its_digits(String number) {
        assertThat(submission(ClientJson.read(number)))
                .isEqualTo("{\"type\":\"place-order\",\"input\":" + number + "}");
    }

    static List<Object> notJson() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        return List.of(
                Double.NaN, List.of(Double.POSITIVE_INFINITY), Float.NaN, circle, new Object());
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void value_that_json_cannot_represent_is_invalid(Object input) {
        assertThatThrownBy(() -> submission(input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the input cannot be written as JSON");
        assertThatThrownBy(() -> ClientJson.answer("approve", input, MAPPER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the answer cannot be written as JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "<html>", "1 2", "NaN"})
    void text_that_is_not_json_is_invalid(String text) {
        assertThatThrownBy(() -> ClientJson.read(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
