package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
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
        return ClientJson.submission("place-order", input, MAPPER);
    }

    @Test
    void submission_has_the_type_first_and_no_white_space() {
        ObjectMapper indenting =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("dish", "soup");
        input.put("tags", List.of("hot", "fast"));

        assertThat(ClientJson.submission("place-order", input, indenting))
                .isEqualTo(
                        "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"tags\":[\"hot\",\"fast\"]}}");
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
        assertThatThrownBy(() -> submission(input)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "<html>", "1 2", "NaN"})
    void text_that_is_not_json_is_invalid(String text) {
        assertThatThrownBy(() -> ClientJson.read(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
