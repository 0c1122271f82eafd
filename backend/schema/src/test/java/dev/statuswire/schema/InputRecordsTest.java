package dev.statuswire.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.schema.InputGroups.Case;
import dev.statuswire.schema.InputGroups.Group;
import dev.statuswire.schema.regex.ValidationBudget;
import dev.statuswire.sdk.JsonConversion;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that {@code inputs.json} covers everything that the record of an input can express, with
 * the schemas that are derived from {@link InputRecords}.
 */
final class InputRecordsTest {

    /** The keywords that restrict nothing. */
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "title", "description", "default", "definitions");

    /** The flags that need another keyword. */
    private static final Map<String, String> FLAGS =
            Map.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum");

    static Stream<Group> groups() {
        return InputGroups.ofRecords();
    }

    private static Class<?> recordOf(Group group) {
        return records()
                .filter(it -> it.getSimpleName().equals(group.record()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record " + group.record()));
    }

    private static Stream<Class<?>> records() {
        return Stream.of(InputRecords.class.getDeclaredClasses());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void schema_is_the_one_that_is_derived_from_the_record(Group group) {
        assertThat(Json.write(group.schema()))
                .isEqualTo(Json.write(InputTypeSchema.of(recordOf(group))));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void page_checks_everything_and_the_record_accepts_what_the_schema_accepts(Group group) {
        for (Case one : group.cases()) {
            assertThat(one.isLeftToServer()).isFalse();
            if (one.isValid()) {
                assertThatCode(() -> JsonConversion.read(one.input().deepCopy(), recordOf(group)))
                        .as(Json.write(one.input()))
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void each_keyword_decides_about_an_input_and_another_input_is_valid(Group group) {
        assertThat(group.cases()).anyMatch(Case::isValid);
        assertThat(
                        keywords(group.schema(), JsonPointer.empty())
                                .filter(keyword -> !decides(keyword, group)))
                .isEmpty();
    }

    private static boolean decides(JsonPointer keyword, Group group) {
        JsonNode without = without(group.schema(), keyword);
        return group.cases().stream().anyMatch(one -> !errors(without, one).equals(one.errors()));
    }

    private static List<InputError> errors(JsonNode schema, Case one) {
        return Schema.of(schema).errorsOf(one.input(), "", new ValidationBudget(1_000_000), 51);
    }

    /** Returns the places of all keywords in a derived schema that restrict a value. */
    private static Stream<JsonPointer> keywords(JsonNode schema, JsonPointer at) {
        return schema.properties().stream()
                .flatMap(
                        keyword ->
                                Stream.concat(
                                        Stream.of(at.appendProperty(keyword.getKey()))
                                                .filter(
                                                        _ ->
                                                                !ANNOTATIONS.contains(
                                                                        keyword.getKey())),
                                        keywordsIn(keyword.getValue(), at, keyword.getKey())));
    }

    private static Stream<JsonPointer> keywordsIn(JsonNode value, JsonPointer at, String keyword) {
        JsonPointer inside = at.appendProperty(keyword);
        return switch (keyword) {
            case "properties", "definitions" ->
                    value.properties().stream()
                            .flatMap(
                                    it ->
                                            keywords(
                                                    it.getValue(),
                                                    inside.appendProperty(it.getKey())));
            case "allOf" -> keywords(value.get(0), inside.appendIndex(0));
            case "items", "additionalProperties" -> keywords(value, inside);
            default -> Stream.empty();
        };
    }

    private static JsonNode without(JsonNode schema, JsonPointer keyword) {
        JsonNode copy = schema.deepCopy();
        var parent = (ObjectNode) copy.at(keyword.head());
        String name = keyword.last().getMatchingProperty();
        parent.remove(name);
        parent.remove(FLAGS.getOrDefault(name, name));
        return copy;
    }

    @Test
    void every_record_has_a_group() {
        assertThat(groups().map(Group::record))
                .containsAll(
                        records()
                                .filter(
                                        it ->
                                                it.isRecord()
                                                        && !it.getSimpleName().equals("Address"))
                                .map(Class::getSimpleName)
                                .toList());
    }

    @Test
    void every_supported_annotation_has_an_input() {
        Set<String> found =
                components()
                        .flatMap(
                                field ->
                                        Stream.concat(
                                                Stream.of(field.getAnnotations()),
                                                parts(field.getAnnotatedType())
                                                        .map(AnnotatedType::getAnnotations)
                                                        .flatMap(Stream::of)))
                        .map(Annotation::annotationType)
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet());

        assertThat(found)
                .containsAll(ComponentRules.SUPPORTED.keySet())
                .contains("Nullable", "Default", "JsonProperty");
    }

    @Test
    void every_supported_type_has_an_input() {
        Set<Class<?>> found =
                components()
                        .flatMap(field -> parts(field.getAnnotatedType()))
                        .map(InputRecordsTest::erased)
                        .collect(Collectors.toSet());

        assertThat(found)
                .containsAll(InputTypeSchema.VALUES)
                .containsAll(InputTypeSchema.PATTERNS.keySet())
                .containsAll(InputTypeSchema.INTEGERS.keySet())
                .contains(boolean.class, float.class, double.class, Optional.class, List.class)
                .contains(Set.class, Map.class, JsonNode.class, ObjectNode.class)
                .anyMatch(Class::isEnum)
                .anyMatch(Class::isRecord);
    }

    private static Stream<Field> components() {
        return groups().map(InputRecordsTest::recordOf)
                .flatMap(it -> Stream.of(it.getDeclaredFields()));
    }

    /** Returns a type, and the types of its items, recursively. */
    private static Stream<AnnotatedType> parts(AnnotatedType type) {
        Stream<AnnotatedType> items =
                type instanceof AnnotatedParameterizedType generic
                        ? Stream.of(generic.getAnnotatedActualTypeArguments())
                        : Stream.empty();
        return Stream.concat(Stream.of(type), items.flatMap(InputRecordsTest::parts));
    }

    private static Class<?> erased(AnnotatedType type) {
        return type.getType() instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : (Class<?>) type.getType();
    }
}
