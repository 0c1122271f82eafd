package dev.statuswire.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.schema.regex.ValidationBudget;
import dev.statuswire.sdk.Default;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.JsonConversion;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTypeSchemaTest {

    enum Size3 {
        @JsonProperty("small")
        SMALL,
        LARGE
    }

    @Description("Where to deliver.")
    record Address(@NotBlank String street, @Nullable String floor) {}

    /** One component for each constraint and type. */
    record Everything(
            @NotNull @Description("Who it is for.") String name,
            @NotBlank String note,
            @NotEmpty String words,
            @Size(min = 2, max = 5) String code,
            @Pattern(regexp = "[a-z]+|[0-9]+") String slug,
            @NotBlank @Pattern(regexp = "[a-z ]*") String spaced,
            @Email String email,
            @Min(1) @Max(20) int guests,
            @Positive long count,
            @PositiveOrZero BigInteger large,
            @Negative short below,
            @DecimalMin("0.5") @DecimalMax(value = "9.5", inclusive = false) BigDecimal price,
            @AssertTrue boolean agreed,
            Size3 size,
            @Default("small") Size3 other,
            @Default("3") int times,
            Optional<String> maybe,
            OptionalInt table,
            @Nullable Address address,
            @Size(min = 1, max = 3) List<@Size(max = 4) String> toppings,
            Set<Integer> scores,
            Map<String, Address> byName,
            Instant at,
            OffsetDateTime when,
            LocalDate day,
            LocalTime time,
            LocalDateTime local,
            Duration takes,
            UUID uuid,
            URI site,
            JsonNode any,
            @JsonProperty("two words") boolean renamed) {}

    record Tree(String name, List<Tree> children) {}

    private static JsonNode schemaOf(Class<?> type) {
        return InputTypeSchema.of(type);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).orElseThrow();
    }

    private static JsonNode property(String name) {
        return schemaOf(Everything.class).get("properties").get(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "name ; {'type':'string','description':'Who it is for.'}",
                "note ; {'type':'string','minLength':1,'pattern':'\\\\S'}",
                "words ; {'type':'string','minLength':1}",
                "code ; {'type':'string','minLength':2,'maxLength':5}",
                "slug ; {'type':'string','pattern':'^(?:[a-z]+|[0-9]+)$'}",
                "email ; {'type':'string','format':'email'}",
                "guests ; {'type':'integer','minimum':1,'maximum':20}",
                "count ; {'type':'integer','minimum':0,'exclusiveMinimum':true,"
                        + "'maximum':9223372036854775807}",
                "large ; {'type':'integer','minimum':0}",
                "below ; {'type':'integer','minimum':-32768,'maximum':0,'exclusiveMaximum':true}",
                "price ; {'type':'number','minimum':0.5,'maximum':9.5,'exclusiveMaximum':true}",
                "agreed ; {'type':'boolean','enum':[true]}",
                "size ; {'type':'string','enum':['small','LARGE']}",
                "other ; {'type':'string','enum':['small','LARGE'],'default':'small'}",
                "times ; {'type':'integer','minimum':-2147483648,'maximum':2147483647,'default':3}",
                "maybe ; {'type':'string'}",
                "table ; {'type':'integer','minimum':-2147483648,'maximum':2147483647}",
                "toppings ; {'type':'array','minItems':1,'maxItems':3,"
                        + "'items':{'type':'string','maxLength':4}}",
                "scores ; {'type':'array','uniqueItems':true,'items':{'type':'integer',"
                        + "'minimum':-2147483648,'maximum':2147483647}}",
                "at ; {'type':'string','format':'date-time'}",
                "when ; {'type':'string','format':'date-time'}",
                "day ; {'type':'string','format':'date'}",
                "uuid ; {'type':'string','format':'uuid'}",
                "site ; {'type':'string','format':'uri'}",
                "any ; {}",
                "two words ; {'type':'boolean'}"
            })
    void component_has_the_keywords_of_its_type_and_constraints(String name, String expected) {
        assertThat(Json.same(property(name), json(expected)))
                .as(property(name).toString())
                .isTrue();
    }

    @Test
    void nested_record_is_a_closed_object() {
        JsonNode expected =
                json(
                        "{'type':'object','description':'Where to deliver.',"
                                + "'properties':{'street':{'type':'string','minLength':1,"
                                + "'pattern':'\\\\S'},'floor':{'type':'string'}},"
                                + "'required':['street'],'additionalProperties':false}");

        assertThat(property("address")).isEqualTo(expected);
        assertThat(property("byName"))
                .isEqualTo(json("{'type':'object','additionalProperties':%s}".formatted(expected)));
    }

    record Described(@Description("Where you live.") Address home, Optional<Size3> size) {}

    @Test
    void description_of_a_component_replaces_that_of_its_type() {
        JsonNode properties = schemaOf(Described.class).get("properties");

        assertThat(properties.get("home").get("description").asText()).isEqualTo("Where you live.");
        assertThat(properties.get("home").get("properties"))
                .isEqualTo(property("address").get("properties"));
        assertThat(properties.get("size"))
                .isEqualTo(json("{'type':'string','enum':['small','LARGE']}"));
    }

    @Test
    void component_is_required_unless_it_is_optional_or_nullable_or_has_a_default() {
        assertThat(schemaOf(Everything.class).get("required"))
                .extracting(JsonNode::asText)
                .contains("name", "guests", "agreed", "size", "toppings", "any", "two words")
                .doesNotContain("other", "times", "maybe", "table", "address");
    }

    @Test
    void recursive_type_refers_to_its_definition() {
        JsonNode schema = schemaOf(Tree.class);

        assertThat(errors(Tree.class, "{'name':'a','children':[{'name':'b','children':[]}]}"))
                .isEmpty();
        assertThat(errors(Tree.class, "{'name':'a','children':[{'children':[]}]}"))
                .extracting(InputError::detail)
                .containsExactly("name is required");
        assertThat(schema.get("$schema").asText())
                .isEqualTo("http://json-schema.org/draft-04/schema#");
    }

    private static List<InputError> errors(Class<?> type, String input) {
        return Schema.of(schemaOf(type))
                .errorsOf(json(input), "", new ValidationBudget(100_000), 10);
    }

    record Local(LocalTime time, LocalDateTime local, Duration takes) {}

    @ParameterizedTest
    @CsvSource({
        "10:30,2026-11-30T10:30,PT1H30M",
        "10:30:15.5,2026-11-30T10:30:15,P2DT0.5S",
        "00:00,2026-01-01T00:00:00.123456789,-PT1S"
    })
    void texts_of_local_times_and_durations_are_those_that_java_reads(
            String time, String local, String takes) throws InvalidInputException {
        String input = "{'time':'%s','local':'%s','takes':'%s'}".formatted(time, local, takes);

        assertThat(errors(Local.class, input)).isEmpty();
        assertThat(JsonConversion.read(json(input), Local.class).takes())
                .isEqualTo(Duration.parse(takes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "PT", "1h", "P1M", "PT1.S", ""})
    void text_that_is_no_duration_is_refused(String takes) {
        assertThat(
                        errors(
                                Local.class,
                                "{'time':'10:30','local':'2026-11-30T10:30','takes':'%s'}"
                                        .formatted(takes)))
                .hasSize(1);
    }

    record InFuture(@Future Instant at) {}

    record WithDigits(@Digits(integer = 3, fraction = 2) BigDecimal amount) {}

    record WithYear(Year year) {}

    @SuppressWarnings("ArrayRecordComponent") // is refused
    record WithBytes(byte[] content) {}

    record WithFlags(@Pattern(regexp = "a", flags = Pattern.Flag.CASE_INSENSITIVE) String text) {}

    record WithJavaPattern(@Pattern(regexp = "(?i)a") String text) {}

    @SuppressWarnings("ArrayRecordComponent") // is refused
    record WithArray(int[] numbers) {}

    record ListInFuture(List<@Future Instant> times) {}

    record Repeated(@Pattern(regexp = "a.*") @Pattern(regexp = ".*b") String text) {}

    record TwoBounds(@Min(1) @Positive int count) {}

    record SizeOfJson(@Size(max = 3) ObjectNode any) {}

    record MinOfText(List<@Min(1) String> texts) {}

    record ListOfLists(List<List<@Max(9) Integer>> rows) {}

    record MapOfLists(Map<String, List<@Size(max = 3) String>> tags) {}

    record OptionalList(Optional<@NotEmpty List<String>> tags) {}

    record Keys(Map<@Size(max = 3) String, String> names) {}

    record KeysOfEnum(Map<Size3, String> names) {}

    record MapOfOptional(Map<String, Optional<String>> names) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InFuture | #/at: the constraint @Future cannot be expressed; check it in a step",
                "WithDigits | #/amount: the constraint @Digits cannot be expressed",
                "WithYear | a value of java.time.Year cannot be expressed",
                "WithBytes | a value of byte[] cannot be expressed",
                "WithFlags | #/text: a @Pattern with flags cannot be expressed",
                "WithJavaPattern | #/properties/text/pattern",
                "WithArray | a value of int[] cannot be expressed; use a List",
                "ListInFuture | #/times: the constraint @Future cannot be expressed",
                "Repeated | #/text: a constraint that is repeated cannot be expressed",
                "TwoBounds | #/count: has two bounds on the same side; keep the stricter one",
                "SizeOfJson | #/any: the constraint @Size does not apply to",
                "MinOfText | #/texts: the constraint @Min does not apply to java.lang.String",
                "ListOfLists | #/rows: the constraint @Max cannot be expressed for",
                "MapOfLists | #/tags: the constraint @Size cannot be expressed for",
                "OptionalList | #/tags: the constraint @NotEmpty cannot be expressed for",
                "Keys | #/names: the constraint @Size cannot be expressed for",
                "KeysOfEnum | #/names: a map with keys that are not String cannot be expressed",
                "MapOfOptional | #/names: an Optional in a map or in an Optional cannot be"
            })
    void what_draft_4_cannot_express_is_an_error_of_one_line(String type, String why)
            throws ClassNotFoundException {
        Class<?> input = Class.forName(InputTypeSchemaTest.class.getName() + "$" + type);

        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> Schema.of(InputTypeSchema.of(input)))
                .withMessageContaining(why)
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain("\n"));
    }
}
