package dev.statuswire.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Default;
import dev.statuswire.sdk.Definition;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputSchemasTest {

    @Test
    void the_example_of_every_shipped_type_is_valid() {
        new InputSchemas(RequestTypes.load()).requireValidExamples();
    }

    @Test
    void an_example_that_does_not_match_the_schema_is_detected() {
        var schemas = new InputSchemas(TestType.withSchema("some-type", "{\"required\":[\"a\"]}"));

        assertThatIllegalStateException()
                .isThrownBy(schemas::requireValidExamples)
                .withMessage(
                        "request type some-type: its example does not match its schema: a is"
                                + " required");
    }

    record NoInteger(@Default("many") int count) {}

    record TooMuch(@Default("9") @Max(5) int count) {}

    record InList(List<TooMuch> parts) {}

    record InItself(@Default("9") @Max(5) int count, Optional<InItself> next) {}

    record InAnother(@Default("{\"next\":{\"count\":9}}") Optional<Counted> part) {}

    record Counted(@Default("1") @Max(5) int count, Optional<Counted> next) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NoInteger | #/properties/count/default: count must be an integer",
                "TooMuch | #/properties/count/default: count must be at most 5",
                "InList | #/properties/parts/items/properties/count/default: count must be at most 5",
                "InItself | #/definitions/InItself/properties/count/default: count must be at most 5",
                "InAnother | #/definitions/InAnother/properties/part/default: count must be at most 5"
            })
    void default_that_breaks_a_rule_of_its_component_is_an_error_at_the_start(
            String input, String why) throws ClassNotFoundException {
        Class<?> type = Class.forName(InputSchemasTest.class.getName() + "$" + input);

        assertThatIllegalStateException()
                .isThrownBy(() -> new InputSchemas(typeWithInput(type)))
                .withMessage("request type some-type: its schema is invalid at " + why);
    }

    record Hidden(int shown, @JsonIgnore String secret) {}

    @Test
    void an_example_that_steps_cannot_read_is_detected() {
        var schemas =
                new InputSchemas(
                        RequestTypes.of(
                                List.of(
                                        Definition.of("some-type", Hidden.class)
                                                .example(new Hidden(1, "x"))
                                                .step("one", String.class, context -> "done")
                                                .build())));

        assertThatIllegalStateException()
                .isThrownBy(schemas::requireValidExamples)
                .withMessageStartingWith(
                        "request type some-type: its example, written as JSON, cannot be read as "
                                + Hidden.class.getTypeName()
                                + ": /secret: ");
    }

    record Approval(@Min(1) int limit) {}

    @Test
    void a_default_answer_that_does_not_match_its_schema_is_detected() {
        var schemas =
                new InputSchemas(
                        RequestTypes.of(
                                List.of(
                                        Definition.of("some-type", Approval.class)
                                                .example(new Approval(1))
                                                .answer(
                                                        "approve",
                                                        Approval.class,
                                                        it -> it.orElse(new Approval(0)))
                                                .build())));

        assertThatIllegalStateException()
                .isThrownBy(schemas::requireValidExamples)
                .withMessageStartingWith(
                        "request type some-type: the default answer of its step approve does not"
                                + " match its schema: limit ");
    }

    /** The example is not read before the schema is complete. */
    @SuppressWarnings("unchecked")
    private static RequestTypes typeWithInput(Class<?> input) {
        return RequestTypes.of(
                List.of(
                        Definition.of("some-type", (Class<Object>) input)
                                .example(new Object())
                                .step("one", String.class, context -> "done")
                                .build()));
    }

    @Test
    void schemas_follow_the_types_when_they_are_replaced() {
        RequestTypes types = TestType.withSchema("some-type", "{\"type\":\"object\"}");
        var schemas = new InputSchemas(types);

        types.replace(TestType.withSchema("other-type", "{\"type\":\"array\"}"));

        assertThat(schemas.know("some-type")).isFalse();
        assertThat(schemas.json("other-type").get("type").asText()).isEqualTo("array");
    }

    @Test
    void an_invalid_schema_is_detected_at_the_start() {
        for (String schema :
                new String[] {
                    "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
                    "{\"maximum\":\"x\"}",
                    "{\"$ref\":\"#/definitions/nowhere\"}",
                    "[]"
                }) {
            assertThatIllegalStateException()
                    .as(schema)
                    .isThrownBy(() -> new InputSchemas(TestType.withSchema("broken-type", schema)))
                    .withMessageContaining("broken-type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'order':{'type':'object','default':{'id':'order 1'}}}}",
                "{'default':{'$ref':'nowhere','id':'a b'}}",
                "{'enum':[{'id':'order 1'},[{'id':'order 2'}]]}",
                "{'x-example':{'id':'order 1','properties':{'a':{'id':'order 2'}}}}",
                "{'properties':{'id':{'default':{'id':'order 1'}},'enum':{'enum':[{'id':'a b'}]}}}",
                "{'properties':{'properties':{'default':{'id':'order 1'}}}}",
                "{'dependencies':{'id':['a b']}}"
            })
    void an_id_outside_a_schema_is_a_value(String schema) {
        assertThat(errors(schema, schema.contains("'enum':[{") ? "{'id':'order 1'}" : "{}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'enum':[{'id':'#x'}],'not':{'$ref':'#x'}}",
                "{'default':{'id':'#x'},'not':{'$ref':'#x'}}",
                "{'x-example':{'id':'#x'},'not':{'$ref':'#x'}}",
                "{'x-example':{'properties':{'a':{'id':'#x'}}},'not':{'$ref':'#x'}}"
            })
    void a_reference_does_not_find_the_id_of_a_value(String schema) {
        assertThatIllegalStateException()
                .isThrownBy(() -> errors(schema, "{}"))
                .withMessageContaining("there is no #x in this schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'#/x-parts/a~1b','x-parts':{'a/b':{'type':'string'}}}",
                "{'$ref':'#/x-parts/0','x-parts':[{'$ref':'#/x-parts/1'},{'type':'string'}]}",
                "{'id':'http://h/a/','allOf':[{'$ref':'#/x/y'}],"
                        + "'x':{'y':{'$ref':'b'}},'definitions':{'b':{'id':'b','type':'string'}}}",
                "{'allOf':[{'$ref':'#/items/0/x'}],'items':[{'id':'http://h/i/',"
                        + "'x':{'$ref':'#/definitions/t'},'definitions':{'t':{'type':'string'}}}]}",
                "{'dependencies':{'a':{'id':'#d','type':'string'}},'allOf':[{'$ref':'#d'}]}"
            })
    void a_pointer_may_refer_to_a_schema_under_any_keyword(String schema) {
        assertThat(errors(schema, "'a'")).isEmpty();
        assertThat(errors(schema, "1"))
                .extracting(InputError::detail)
                .containsExactly("input must be a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,1]", "[1,1.0]", "['a','b','a']", "[{'a':1,'b':2},{'b':2,'a':1}]"})
    void an_enumeration_with_the_same_value_twice_is_refused(String options) {
        assertThatIllegalStateException()
                .isThrownBy(() -> errors("{'enum':" + options + "}", "1"))
                .withMessage(
                        "request type some-type: its schema is invalid at #/enum: contains the"
                                + " same value twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://json-schema.org/draft-03/schema#",
                "http://json-schema.org/draft-06/schema#",
                "http://json-schema.org/draft-07/schema#",
                "https://json-schema.org/draft/2020-12/schema",
                "http://json-schema.org/schema#"
            })
    void a_schema_of_another_draft_is_refused(String draft) {
        assertThatIllegalStateException()
                .isThrownBy(() -> errors("{'$schema':'" + draft + "'}", "1"))
                .withMessage(
                        "request type some-type: its schema is invalid at #/$schema: "
                                + draft
                                + " is not supported; write http://json-schema.org/draft-04/schema#");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void a_schema_may_name_draft_4(String scheme) {
        String draft = scheme + "://json-schema.org/draft-04/schema";
        assertThat(errors("{'$schema':'" + draft + "','type':'string'}", "1")).hasSize(1);
        assertThat(errors("{'$schema':'" + draft + "#','type':'string'}", "1")).hasSize(1);
    }

    @Test
    void an_invalid_schema_is_reported_in_one_line_with_the_place() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                new InputSchemas(
                                        TestType.withSchema(
                                                "broken-type",
                                                "{\"properties\":{\"a/b\":{\"pattern\":\"\\\\Z\"}}}")))
                .withMessage(
                        "request type broken-type: its schema is invalid at"
                                + " #/properties/a~1b/pattern: \\Z is not a supported ECMA-262 pattern:"
                                + " \\Z is not an escape");
    }

    /**
     * In each schema, {@code @} is replaced with a pattern that backtracks forever on the text
     * {@code T}.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'pattern':'@'} | 'T'",
                "{'not':{'pattern':'@'}} | 'T'",
                "{'not':{'not':{'pattern':'@'}}} | 'T'",
                "{'anyOf':[{'pattern':'@'},{}]} | 'T'",
                "{'oneOf':[{'pattern':'@'},{}]} | 'T'",
                "{'allOf':[{},{'pattern':'@'}]} | 'T'",
                "{'items':{'pattern':'@'}} | ['b','T']",
                "{'patternProperties':{'@':{}}} | {'T':1}",
                "{'patternProperties':{'@':{}},'additionalProperties':false} | {'T':1}",
                "{'dependencies':{'a':{'properties':{'b':{'pattern':'@'}}}}} | {'a':1,'b':'T'}",
                "{'properties':{'a':{'$ref':'#/definitions/x'}},'definitions':{'x':{'pattern':'@'}}} |"
                        + " {'a':'T'}"
            })
    void an_input_is_too_expensive_to_validate_in_whichever_place_the_pattern_is(
            String schema, String input) {
        assertThat(
                        errors(
                                schema.replace("@", "^(a+)+\\\\1$"),
                                input.replace("T", "a".repeat(999) + "!")))
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.pointer()).isEqualTo("/input");
                            assertThat(error.detail())
                                    .startsWith("input is too expensive to validate");
                        });
    }

    @Test
    void a_string_with_the_format_regex_is_not_compiled() {
        String nested = "(?:(?:(?:(?:(?:(?:a){9}b){9}c){9}){9}){9}){9}";
        String list =
                IntStream.range(0, 1300)
                        .mapToObj(i -> "'" + nested + "'")
                        .collect(Collectors.joining(","));
        assertThat(errors("{'items':{'format':'regex'}}", "[" + list + "]")).isEmpty();
    }

    @Test
    void many_patterns_under_many_formats_are_too_expensive() {
        String format = "{'items':{'format':'regex'}}";
        String schema = "{'allOf':[" + (format + ",").repeat(9) + format + "]}";
        String list = ("'" + "(a)".repeat(10) + "',").repeat(1700) + "''";
        assertThat(errors(schema, "[" + list + "]"))
                .singleElement()
                .extracting(InputError::detail)
                .asString()
                .startsWith("input is too expensive to validate");
    }

    @Test
    void many_strings_that_are_cheap_alone_are_too_expensive_together() {
        String schema = "{'items':{'pattern':'^(a+)+\\\\1$'}}";
        String text = "'" + "a".repeat(14) + "!'";
        assertThat(errors(schema, "[" + text + "]"))
                .extracting(InputError::pointer)
                .containsExactly("/input/0");
        assertThat(errors(schema, "[" + text + (", " + text).repeat(3000) + "]"))
                .extracting(InputError::pointer)
                .containsExactly("/input");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'anyOf':[{'type':'string'},{'items':{'$ref':'#'},'not':{}},{'items':{'$ref':'#'},'not':{}}]}",
                "{'allOf':[{'$ref':'#'}]}",
                "{'not':{'allOf':[{'$ref':'#'}]}}"
            })
    void schemas_that_multiply_with_the_depth_of_the_input_are_bounded(String schema) {
        assertThat(errors(schema, "[".repeat(90) + "]".repeat(90)))
                .singleElement()
                .extracting(InputError::detail)
                .asString()
                .startsWith("input is too expensive to validate");
    }

    @Test
    void an_array_of_13_000_different_values_is_compared_quickly() {
        String list =
                IntStream.range(0, 13_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        assertThat(errors("{'uniqueItems':true}", "[" + list + "]")).isEmpty();
        assertThat(errors("{'uniqueItems':true}", "[" + list + ",7.0]")).hasSize(1);
    }

    @Test
    void a_thousand_errors_are_not_all_reported() {
        assertThat(errors("{'items':{'type':'string'}}", "[" + "1,".repeat(1000) + "1]"))
                .hasSize(51);
    }

    private static List<InputError> errors(String schema, String input) {
        return new InputSchemas(TestType.withSchema("some-type", schema.replace('\'', '"')))
                .errorsOf(
                        "some-type",
                        Json.parse(input.replace('\'', '"')).orElseThrow(),
                        "/input",
                        51)
                .orElseThrow();
    }

    @Test
    void a_type_that_is_not_offered_has_no_errors_and_no_success() {
        var schemas = new InputSchemas(TestType.withSchema("some-type", "{}"));

        assertThat(schemas.errorsOf("gone", NullNode.instance, "/input", 51)).isEmpty();
    }

    @Test
    void a_schema_fetches_nothing() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                new InputSchemas(
                                        TestType.withSchema(
                                                "curious-type",
                                                "{\"$ref\":\"http://127.0.0.1:1/schema\"}")));
    }

    @Test
    void errors_are_english_sentences_that_name_the_member() {
        Locale standard = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var errors =
                    errors("{'properties':{'dish':{'enum':['soup','pasta']}}}", "{'dish':'a: b'}");
            assertThat(errors).hasSize(1);
            assertThat(errors.getFirst().detail()).isEqualTo("dish must be one of soup, pasta");
        } finally {
            Locale.setDefault(standard);
        }
    }
}
