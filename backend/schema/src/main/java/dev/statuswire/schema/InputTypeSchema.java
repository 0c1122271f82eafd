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
import jakarta.validation.Constraint;
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
import java.util.List;
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
    private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";
    private static final String TIME = "\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?";

    /** The formats of draft 4 require an offset, which these types do not have. */
    private static final Map<Class<?>, String> PATTERNS =
            Map.of(
                    LocalTime.class, "^" + TIME + "$",
                    LocalDateTime.class, "^" + DATE + "T" + TIME + "$",
                    Duration.class,
                            "^-?P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?$");

    private static final Map<Class<?>, String> OPTIONAL_NUMBERS =
            Map.of(
                    OptionalInt.class, "integer",
                    OptionalLong.class, "integer",
                    OptionalDouble.class, "number");

    private static final Map<Class<?>, List<Long>> RANGES =
            Map.of(
                    byte.class, List.of((long) Byte.MIN_VALUE, (long) Byte.MAX_VALUE),
                    short.class, List.of((long) Short.MIN_VALUE, (long) Short.MAX_VALUE),
                    int.class, List.of((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
                    long.class, List.of(Long.MIN_VALUE, Long.MAX_VALUE));

    private static final Map<Class<?>, Class<?>> PRIMITIVES =
            Map.of(
                    Byte.class, byte.class,
                    Short.class, short.class,
                    Integer.class, int.class,
                    Long.class, long.class);

    /** The types of the JDK that are read from a single JSON value, in addition to the above. */
    private static final Set<Class<?>> VALUES =
            Set.of(
                    String.class,
                    CharSequence.class,
                    Character.class,
                    Boolean.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigDecimal.class,
                    BigInteger.class,
                    Instant.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class,
                    LocalDate.class,
                    UUID.class,
                    URI.class);

    /** The constraints that a schema can express. */
    private static final Set<String> SUPPORTED =
            Set.of(
                    "AssertFalse",
                    "AssertTrue",
                    "DecimalMax",
                    "DecimalMin",
                    "Email",
                    "Max",
                    "Min",
                    "Negative",
                    "NegativeOrZero",
                    "NotBlank",
                    "NotEmpty",
                    "NotNull",
                    "Pattern",
                    "Positive",
                    "PositiveOrZero",
                    "Size");

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
                .withNumberInclusiveMinimumResolver(field -> bound(field, 0))
                .withNumberInclusiveMaximumResolver(field -> bound(field, 1))
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
        String number = OPTIONAL_NUMBERS.get(erased);
        if (number != null) {
            return new CustomDefinition(Json.MAPPER.createObjectNode().put("type", number), true);
        }
        String pattern = PATTERNS.get(erased);
        if (pattern != null) {
            return new CustomDefinition(
                    Json.MAPPER.createObjectNode().put("type", "string").put("pattern", pattern),
                    true);
        }
        if (!isKnown(erased)) {
            throw new InvalidSchemaException(
                    "", "a value of " + erased.getTypeName() + " cannot be expressed");
        }
        return null;
    }

    private static boolean isKnown(Class<?> type) {
        boolean isContainer =
                Collection.class.isAssignableFrom(type)
                        || Map.class.isAssignableFrom(type)
                        || type == Optional.class;
        return type != byte[].class
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
        boolean isWhole = regex.startsWith("^") && regex.endsWith("$") && !regex.contains("|");
        return isWhole ? regex : "^(?:" + regex + ")$";
    }

    private static <A extends Annotation> @Nullable A annotation(FieldScope field, Class<A> type) {
        A ofItem = field.getContainerItemAnnotation(type);
        return ofItem != null || field.isFakeContainerItemScope()
                ? ofItem
                : field.getAnnotation(type);
    }

    /** An integer in JSON has no limit, but the types of Java do. */
    private static @Nullable BigDecimal bound(FieldScope field, int which) {
        Class<?> type = field.getType().getErasedType();
        List<Long> range = RANGES.get(PRIMITIVES.getOrDefault(type, type));
        return range == null ? null : BigDecimal.valueOf(range.get(which));
    }

    private static void complete(ObjectNode attributes, FieldScope field) {
        requireSupported(field);
        boolean isNotBlank = annotation(field, NotBlank.class) != null;
        if (isNotBlank && annotation(field, Pattern.class) != null) {
            attributes.putArray("allOf").addObject().put("pattern", NOT_BLANK);
        }
    }

    private static void requireSupported(FieldScope field) {
        Stream.of(field.getRawMember(), field.getRawMember().getAnnotatedType())
                .flatMap(element -> Stream.of(element.getAnnotations()))
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(Constraint.class))
                .filter(type -> !SUPPORTED.contains(type.getSimpleName()))
                .findFirst()
                .ifPresent(
                        type -> {
                            throw new InvalidSchemaException(
                                    place(field),
                                    "the constraint @"
                                            + type.getSimpleName()
                                            + " cannot be expressed; check it in a step");
                        });
    }

    private static String place(FieldScope field) {
        return "/" + field.getDeclaredName();
    }
}
