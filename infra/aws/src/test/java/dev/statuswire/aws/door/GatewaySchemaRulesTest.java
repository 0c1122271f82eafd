package dev.statuswire.aws.door;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.InvalidTypeException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewaySchemaRulesTest {

    private static void check(String schema) {
        GatewaySchemaRules.check("greet", Json.parse(schema).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"examples":[1]}                                          | : the keyword examples is not in draft 4
                    {"properties":{"a":{"readOnly":true}}}                    | at /properties/a: the keyword readOnly
                    {"definitions":{"a":{"const":1}}}                         | at /definitions/a: the keyword const
                    {"items":[{},{"$id":"x"}]}                                | at /items/1: the keyword $id
                    {"not":{"anyOf":[{"if":{}}]}}                             | at /not/anyOf/0: the keyword if
                    {"patternProperties":{"a/b":{"x-a":1}}}                   | at /patternProperties/a~1b: the keyword x-a
                    {"dependencies":{"a":["b"],"c":{"x":1}}}                  | at /dependencies/c: the keyword x
                    {"additionalProperties":{"example":1}}                    | at /additionalProperties: the keyword example
                    {"id":"http://example.org/greet"}                         | : id changes the meaning of references
                    {"$ref":"http://json-schema.org/draft-04/schema#"}        | : $ref must point into the same schema
                    {"properties":{"a":{"$ref":"#a"}}}                        | at /properties/a: $ref must point into
                    {"pattern":"(?<=a)b"}                                     | : the pattern (?<=a)b is not one of ECMAScript 5
                    {"pattern":"(?<year>\\\\d+)"}                             | : the pattern (?<year>
                    {"pattern":"^\\\\p{L}+$"}                                 | : the pattern ^\\p{L}+$
                    {"patternProperties":{"\\\\u{1F600}":{}}}                 | : the pattern \\u{1F600}
                    {"$ref":"#"}                                              | : the schema refers to itself for the same value
                    {"allOf":[{"anyOf":[{"$ref":"#"}]}]}                      | the schema refers to itself for the same value
                    {"definitions":{"a b":{"$ref":"#/definitions/c"},"c":{"not":{"$ref":"#/definitions/a%20b"}}}} | the schema refers to itself
                    """)
    void schema_that_the_gateway_rejects_is_reported_with_its_place(String schema, String why) {
        assertThatThrownBy(() -> check(schema))
                .isInstanceOf(InvalidTypeException.class)
                .hasMessageStartingWith("request type greet: API Gateway would reject its schema")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"properties\":{\"id\":{\"type\":\"string\"},\"examples\":{}}}",
                "{\"enum\":[{\"examples\":1}],\"default\":{\"const\":1}}",
                "{\"properties\":{\"children\":{\"items\":{\"$ref\":\"#\"}}}}",
                "{\"definitions\":{\"a\":{}},\"allOf\":[{\"$ref\":\"#/definitions/a\"},{\"$ref\":\"#/definitions/a\"}]}",
                "{\"additionalProperties\":false,\"pattern\":\"^(?:a|b)(?=c)(?!d)\\\\d\"}"
            })
    void schema_that_the_gateway_accepts_passes(String schema) {
        assertThatCode(() -> check(schema)).doesNotThrowAnyException();
    }

    @Test
    void every_shipped_type_passes() {
        assertThatCode(() -> RequestIntegrations.check(RequestTypes.load()))
                .doesNotThrowAnyException();
    }

    @Test
    void schemas_that_are_too_large_together_are_reported() {
        String large = "{\"description\":\"%s\"}".formatted("x".repeat(210_000));
        RequestTypes one = TestType.withSchema("one", large);
        RequestTypes other = TestType.withSchema("other", large);
        var both =
                RequestTypes.of(
                        List.of(one.find("one").orElseThrow(), other.find("other").orElseThrow()));

        assertThatCode(() -> RequestIntegrations.check(one)).doesNotThrowAnyException();
        assertThatThrownBy(() -> RequestIntegrations.check(both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "the schemas of all request types need 421,\\d+ bytes; API Gateway accepts"
                                + " 400,000");
    }

    @Test
    void types_with_too_many_steps_together_are_reported() {
        String[] steps =
                IntStream.range(0, 32).mapToObj(n -> n + "x".repeat(90)).toArray(String[]::new);
        var types =
                RequestTypes.of(
                        IntStream.range(0, 80)
                                .mapToObj(n -> TestType.of("type-" + n, steps))
                                .toList());

        assertThatThrownBy(
                        () ->
                                RequestIntegrations.of(
                                        types,
                                        TransitionTiming.DEFAULT,
                                        "table",
                                        OwnerExpression.COGNITO,
                                        ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the steps of all request types need ");
    }
}
