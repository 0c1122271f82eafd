package dev.statuswire.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonConversionTest {

    enum Size {
        @JsonProperty("small")
        SMALL,
        LARGE
    }

    record Address(String street, @Nullable String floor) {}

    record Order(
            String dish,
            @Default("2") int quantity,
            @Default("small") Size size,
            Optional<String> note,
            OptionalInt table,
            @Nullable Address address,
            @JsonProperty("sent-at") @Nullable Instant sentAt) {}

    record Times(Instant instant, OffsetDateTime offset, LocalDate date, Duration duration) {}

    record Price(BigDecimal amount) {}

    record RequiredObject(Object value) {}

    record Any(JsonNode json, Map<String, List<Address>> byName) {}

    private static <T> T read(String json, Class<T> type) throws InvalidInputException {
        return JsonConversion.read(JsonConversion.parse(json), type);
    }

    private static String write(Object value) {
        return JsonConversion.write(value).toString();
    }

    @Test
    void missing_components_get_their_defaults_and_optional_ones_stay_empty() throws Exception {
        Order order = read("{\"dish\":\"soup\"}", Order.class);

        assertThat(order)
                .isEqualTo(
                        new Order(
                                "soup",
                                2,
                                Size.SMALL,
                                Optional.empty(),
                                OptionalInt.empty(),
                                null,
                                null));
    }

    @Test
    void given_components_replace_the_defaults() throws Exception {
        Order order =
                read(
                        "{\"dish\":\"soup\",\"quantity\":5,\"size\":\"LARGE\",\"note\":\"hot\","
                                + "\"table\":3,\"address\":{\"street\":\"A\"},"
                                + "\"sent-at\":\"2026-11-30T10:00:00Z\"}",
                        Order.class);

        assertThat(order)
                .isEqualTo(
                        new Order(
                                "soup",
                                5,
                                Size.LARGE,
                                Optional.of("hot"),
                                OptionalInt.of(3),
                                new Address("A", null),
                                Instant.parse("2026-11-30T10:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|/dish",
                "{\"dish\":null}|/dish",
                "{\"dish\":\"soup\",\"quantity\":\"many\"}|/quantity",
                "{\"dish\":\"soup\",\"quantity\":null}|/quantity",
                "{\"dish\":\"soup\",\"size\":\"huge\"}|/size",
                "{\"dish\":\"soup\",\"address\":{}}|/address/street",
                "{\"dish\":\"soup\",\"sent-at\":\"now\"}|/sent-at"
            })
    void json_that_does_not_fit_is_refused_with_a_pointer(String json, String pointer) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> read(json, Order.class))
                .returns(pointer, InvalidInputException::pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"null", "[]", "\"soup\"", "7"})
    void json_that_is_not_an_object_is_not_a_record(String json) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> read(json, Order.class))
                .returns("", InvalidInputException::pointer);
    }

    @Test
    void null_is_a_value_of_a_component_of_any_json() throws Exception {
        assertThat(read("{\"json\":null,\"byName\":{}}", Any.class).json().isNull()).isTrue();
        assertThat(read("{\"value\":null}", RequiredObject.class))
                .hasFieldOrPropertyWithValue("value", null);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> read("{}", RequiredObject.class));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> read("{\"byName\":{}}", Any.class))
                .returns("/json", InvalidInputException::pointer);
    }

    @Test
    void missing_component_within_a_list_has_its_position() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(
                        () ->
                                read(
                                        "{\"json\":1,\"byName\":{\"a/b\":[{\"street\":\"A\"},{}]}}",
                                        Any.class))
                .returns("/byName/a~1b/1/street", InvalidInputException::pointer);
    }

    @Test
    void unknown_members_are_ignored() throws Exception {
        assertThat(read("{\"street\":\"A\",\"zip\":\"1\"}", Address.class))
                .isEqualTo(new Address("A", null));
    }

    @Test
    void number_keeps_its_digits_both_ways() throws Exception {
        String digits = "123456789012345678901234567890.10";

        Price price = read("{\"amount\":" + digits + "}", Price.class);

        assertThat(price.amount()).isEqualTo(new BigDecimal(digits));
        assertThat(write(price)).isEqualTo("{\"amount\":" + digits + "}");
        assertThat(read("{\"json\":" + digits + ",\"byName\":{}}", Any.class).json().toString())
                .isEqualTo(digits);
    }

    @Test
    void times_are_iso_8601_texts_with_their_offset() throws Exception {
        String json =
                "{\"instant\":\"2026-11-30T10:00:00Z\",\"offset\":\"2026-11-30T10:00:00+02:00\","
                        + "\"date\":\"2026-11-30\",\"duration\":\"PT90S\"}";

        Times times = read(json, Times.class);

        assertThat(times.offset()).isEqualTo(OffsetDateTime.parse("2026-11-30T10:00:00+02:00"));
        assertThat(times.duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(write(times)).isEqualTo(json.replace("PT90S", "PT1M30S"));
    }

    @Test
    void null_and_empty_components_are_left_out_of_an_output() {
        assertThat(write(new Address("A", null))).isEqualTo("{\"street\":\"A\"}");
        assertThat(
                        write(
                                new Order(
                                        "soup",
                                        1,
                                        Size.SMALL,
                                        Optional.empty(),
                                        OptionalInt.empty(),
                                        null,
                                        null)))
                .isEqualTo("{\"dish\":\"soup\",\"quantity\":1,\"size\":\"small\"}");
    }

    @Test
    void json_stays_as_it_is() throws Exception {
        JsonNode json = TextNode.valueOf("text");

        assertThat(JsonConversion.read(json, JsonNode.class)).isSameAs(json);
        assertThat(JsonConversion.write(json)).isSameAs(json);
        assertThat(JsonConversion.write(null).isNull()).isTrue();
    }
}
