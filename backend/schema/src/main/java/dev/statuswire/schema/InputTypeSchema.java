package dev.statuswire.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import dev.statuswire.core.json.Json;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.InputComponent;
import dev.statuswire.sdk.JsonConversion;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives the JSON Schema of an input from its class: the components of records, their types, and
 * their constraints of {@code jakarta.validation}. Everything that draft 4 cannot express is an
 * error.
 */
final class InputTypeSchema {

    /** All properties are equal, so they keep their order. */
    private static final Comparator<MemberScope<?, ?>> AS_DECLARED = Comparator.nullsFirst(null);

    private static final String NOT_BLANK = "\\S";
    private static final String DATE = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])";
    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?";

    /**
     * A character of Java has 16 bits. The formats of draft 4 require an offset, which local times
     * do not have.
     */
    static final Map<Class<?>, String> PATTERNS =
            Map.of(
                    char.class, "^[\\u0000-\\uffff]$",
                    Character.class, "^[\\u0000-\\uffff]$",
                    LocalTime.class, "^" + TIME + "$",
                    LocalDateTime.class, "^" + DATE + "T" + TIME + "$",
                    Duration.class,
                            "^-?P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?$");

    private static final Range BYTES = new Range(Byte.MIN_VALUE, Byte.MAX_VALUE);
    private static final Range SHORTS = new Range(Short.MIN_VALUE, Short.MAX_VALUE);
    private static final Range INTS = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Range LONGS = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    /** An integer in JSON has no limit, but the types of Java do. */
    static final Map<Class<?>, Range> INTEGERS =
            Map.ofEntries(
                    Map.entry(byte.class, BYTES),
                    Map.entry(Byte.class, BYTES),
                    Map.entry(short.class, SHORTS),
                    Map.entry(Short.class, SHORTS),
                    Map.entry(int.class, INTS),
                    Map.entry(Integer.class, INTS),
                    Map.entry(OptionalInt.class, INTS),
                    Map.entry(long.class, LONGS),
                    Map.entry(Long.class, LONGS),
                    Map.entry(OptionalLong.class, LONGS));

    record Range(long least, long most) {}

    /** The types of the JDK that are read from a single JSON value, in addition to the above. */
    static final Set<Class<?>> VALUES =
            Set.of(
                    String.class,
                    CharSequence.class,
                    Boolean.class,
                    Float.class,
                    Double.class,
                    OptionalDouble.class,
                    BigDecimal.class,
                    BigInteger.class,
                    Instant.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class,
                    LocalDate.class,
                    UUID.class,
                    URI.class);

    private InputTypeSchema() {}

    /**
     * Returns the schema of {@code type}, in draft 4.
     *
     * @throws InvalidSchemaException if draft 4 cannot express it
     */
    static ObjectNode of(Class<?> type) {
        try {
            return Draft4Reduction.of(generate(type, Option.INLINE_ALL_SCHEMAS));
        } catch (IllegalArgumentException recursive) {
            return Draft4Reduction.of(generate(type, Option.DEFINITION_FOR_MAIN_SCHEMA));
        }
    }

    private static ObjectNode generate(Class<?> type, Option option) {
        var builder =
                new SchemaGeneratorConfigBuilder(
                                Json.MAPPER, SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                        .with(
                                option,
                                Option.ALLOF_CLEANUP_AT_THE_END,
                                Option.DUPLICATE_MEMBER_ATTRIBUTE_CLEANUP_AT_THE_END,
                                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                                Option.STANDARD_FORMATS)
                        .with(new JacksonModule())
                        .with(new JakartaValidationModule());
        builder.forTypesInGeneral()
                .withPropertySorter(AS_DECLARED)
                .withCustomDefinitionProvider(InputTypeSchema::definition)
                .withDescriptionResolver(scope -> description(scope.getType().getErasedType()));
        builder.forFields()
                .withRequiredCheck(InputTypeSchema::isRequired)
                .withDefaultResolver(InputTypeSchema::defaultOf)
                .withDescriptionResolver(field -> description(field.getRawMember()))
                .withStringPatternResolver(InputTypeSchema::pattern)
                .withArrayUniqueItemsResolver(
                        field -> field.getType().isInstanceOf(Set.class) ? true : null)
                .withInstanceAttributeOverride(
                        (attributes, field, context) -> complete(attributes, field));
        return new SchemaGenerator(builder.build()).generateSchema(type);
    }

    private static @Nullable CustomDefinition definition(
            ResolvedType type, SchemaGenerationContext context) {
        Class<?> erased = type.getErasedType();
        if (JsonNode.class.isAssignableFrom(erased) || erased == Object.class) {
            ObjectNode any = Json.MAPPER.createObjectNode();
            return exactly(erased == ObjectNode.class ? any.put("type", "object") : any);
        }
        if (erased.isEnum()) {
            ObjectNode choice = Json.MAPPER.createObjectNode().put("type", "string");
            var words = choice.putArray("enum");
            Stream.of(erased.getEnumConstants()).map(JsonConversion::write).forEach(words::add);
            return new CustomDefinition(choice, true);
        }
        Range range = INTEGERS.get(erased);
        if (range != null) {
            return new CustomDefinition(
                    Json.MAPPER
                            .createObjectNode()
                            .put("type", "integer")
                            .put("minimum", range.least())
                            .put("maximum", range.most()),
                    true);
        }
        if (erased == OptionalDouble.class) {
            return new CustomDefinition(Json.MAPPER.createObjectNode().put("type", "number"), true);
        }
        String pattern = PATTERNS.get(erased);
        if (pattern != null) {
            return new CustomDefinition(
                    Json.MAPPER.createObjectNode().put("type", "string").put("pattern", pattern),
                    true);
        }
        if (!isKnown(erased)) {
            throw new InvalidSchemaException(
                    "",
                    "a value of "
                            + erased.getTypeName()
                            + " cannot be expressed; use "
                            + (type.isArray() ? "a List" : "a type that the guide lists"));
        }
        return null;
    }

    private static boolean isKnown(Class<?> type) {
        boolean isContainer =
                Collection.class.isAssignableFrom(type)
                        || Map.class.isAssignableFrom(type)
                        || type == Optional.class;
        return !type.isArray()
                && (!type.getName().startsWith("java.") || isContainer || VALUES.contains(type));
    }

    /** The constraints of a component do not apply to it. */
    private static CustomDefinition exactly(ObjectNode definition) {
        return new CustomDefinition(
                definition,
                CustomDefinition.DefinitionType.INLINE,
                CustomDefinition.AttributeInclusion.NO);
    }

    private static boolean isRequired(FieldScope field) {
        return !field.isFakeContainerItemScope() && InputComponent.isRequired(field.getRawMember());
    }

    private static @Nullable Object defaultOf(FieldScope field) {
        return field.isFakeContainerItemScope()
                ? null
                : InputComponent.defaultOf(field.getRawMember()).orElse(null);
    }

    private static @Nullable String description(AnnotatedElement element) {
        Description description = element.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    /** A constraint matches the whole text, and a pattern in a schema any part of it. */
    private static @Nullable String pattern(FieldScope field) {
        Pattern pattern = annotation(field, Pattern.class);
        if (pattern != null && pattern.flags().length > 0) {
            throw new InvalidSchemaException(
                    place(field), "a @Pattern with flags cannot be expressed");
        }
        if (pattern != null) {
            return whole(pattern.regexp());
        }
        return annotation(field, NotBlank.class) == null ? null : NOT_BLANK;
    }

    private static String whole(String regex) {
        boolean isWhole =
                regex.startsWith("^")
                        && regex.endsWith("$")
                        && !regex.endsWith("\\$")
                        && !regex.contains("|");
        return isWhole ? regex : "^(?:" + regex + ")$";
    }

    private static <A extends Annotation> @Nullable A annotation(FieldScope field, Class<A> type) {
        return field.isFakeContainerItemScope()
                ? field.getContainerItemAnnotation(type)
                : field.getAnnotation(type);
    }

    private static void complete(ObjectNode attributes, FieldScope field) {
        ComponentRules.check(field.getRawMember());
        boolean isNotBlank = annotation(field, NotBlank.class) != null;
        if (isNotBlank && annotation(field, Pattern.class) != null) {
            attributes.putArray("allOf").addObject().put("pattern", NOT_BLANK);
        }
    }

    private static String place(FieldScope field) {
        return "/" + field.getDeclaredName();
    }
}
