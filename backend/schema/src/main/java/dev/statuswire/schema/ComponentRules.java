package dev.statuswire.schema;

import jakarta.validation.Constraint;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a component whose schema would not say everything that its type and its constraints say:
 * constraints that draft 4 cannot express, that do not apply to the type, or that the generator
 * does not see.
 */
final class ComponentRules {

    /** What a value is in JSON, as far as constraints distinguish it. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        CONTAINER,
        OTHER
    }

    private static final Set<Kind> SIZED = Set.of(Kind.TEXT, Kind.CONTAINER);
    private static final Set<Kind> TEXT = Set.of(Kind.TEXT);
    private static final Set<Kind> NUMBER = Set.of(Kind.NUMBER);
    private static final Set<Kind> BOOLEAN = Set.of(Kind.BOOLEAN);

    /** The constraints that a schema can express, and what they apply to. */
    static final Map<String, Set<Kind>> SUPPORTED =
            Map.ofEntries(
                    Map.entry("AssertFalse", BOOLEAN),
                    Map.entry("AssertTrue", BOOLEAN),
                    Map.entry("DecimalMax", NUMBER),
                    Map.entry("DecimalMin", NUMBER),
                    Map.entry("Email", TEXT),
                    Map.entry("Max", NUMBER),
                    Map.entry("Min", NUMBER),
                    Map.entry("Negative", NUMBER),
                    Map.entry("NegativeOrZero", NUMBER),
                    Map.entry("NotBlank", TEXT),
                    Map.entry("NotEmpty", SIZED),
                    Map.entry("NotNull", Set.of(Kind.values())),
                    Map.entry("Pattern", TEXT),
                    Map.entry("Positive", NUMBER),
                    Map.entry("PositiveOrZero", NUMBER),
                    Map.entry("Size", SIZED));

    /** The constraints of which the generator sees only one. */
    private static final List<Set<String>> BOUNDS =
            List.of(
                    Set.of("DecimalMin", "Min", "Positive", "PositiveOrZero"),
                    Set.of("DecimalMax", "Max", "Negative", "NegativeOrZero"));

    /** The items of items, whose constraints the generator does not see. */
    private static final int TOO_DEEP = 2;

    private final String place;

    private ComponentRules(String place) {
        this.place = place;
    }

    /**
     * Checks a component and its items.
     *
     * @throws InvalidSchemaException if its schema would be incomplete
     */
    static void check(Field component) {
        var rules = new ComponentRules("/" + component.getName());
        AnnotatedType type = component.getAnnotatedType();
        rules.check(component.getAnnotations(), type, 0);
        rules.check(type, 0);
    }

    /**
     * @param depth 0 for a component, 1 for its items, 2 for the items of these
     */
    private void check(AnnotatedType type, int depth) {
        check(type.getAnnotations(), type, depth);
        if (type instanceof AnnotatedParameterizedType generic) {
            checkItems(erased(type), generic.getAnnotatedActualTypeArguments(), depth + 1);
        }
    }

    private void checkItems(Class<?> container, AnnotatedType[] items, int depth) {
        boolean isMap = Map.class.isAssignableFrom(container);
        require(
                !isMap || erased(items[0]) == String.class,
                "a map with keys that are not String cannot be expressed");
        boolean isOptional = container == Optional.class;
        for (int i = 0; i < items.length; i++) {
            require(
                    erased(items[i]) != Optional.class || !(isMap || isOptional),
                    "an Optional in a map or in an Optional cannot be expressed");
            boolean isKey = isMap && i == 0;
            boolean isInOptional = isOptional && kind(items[i]) == Kind.CONTAINER;
            check(items[i], isKey || isInOptional ? TOO_DEEP : depth);
        }
    }

    private void check(Annotation[] annotations, AnnotatedType type, int depth) {
        for (Annotation annotation : annotations) {
            Class<?> one = annotation.annotationType();
            Class<?> repeated = repeated(one);
            require(
                    repeated == null || !repeated.isAnnotationPresent(Constraint.class),
                    "a constraint that is repeated cannot be expressed");
            if (one.isAnnotationPresent(Constraint.class)) {
                checkConstraint(one.getSimpleName(), type, depth);
            }
        }
        for (Set<String> bounds : BOUNDS) {
            long found =
                    Stream.of(annotations)
                            .filter(it -> bounds.contains(it.annotationType().getSimpleName()))
                            .count();
            require(found < 2, "has two bounds on the same side; keep the stricter one");
        }
    }

    private void checkConstraint(String name, AnnotatedType type, int depth) {
        Set<Kind> kinds = SUPPORTED.getOrDefault(name, Set.of());
        String constraint = "the constraint @" + name;
        require(!kinds.isEmpty(), constraint + " cannot be expressed; check it in a step");
        require(
                kinds.contains(kind(type)),
                constraint + " does not apply to " + type.getType().getTypeName());
        require(
                depth < TOO_DEEP || name.equals("NotNull"), // null is refused everywhere
                constraint
                        + " cannot be expressed for a key, for an item of an item, or for a list or"
                        + " map in an Optional; use a record, or @Nullable");
    }

    /** Returns the annotation that {@code type} repeats; null if it repeats none. */
    private static @Nullable Class<?> repeated(Class<?> type) {
        try {
            return type.getMethod("value").getReturnType().getComponentType();
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    private static Kind kind(AnnotatedType type) {
        Class<?> erased = erased(type);
        if (erased == Optional.class && type instanceof AnnotatedParameterizedType optional) {
            return kind(optional.getAnnotatedActualTypeArguments()[0]);
        }
        if (CharSequence.class.isAssignableFrom(erased)
                || erased == char.class
                || erased == Character.class) {
            return Kind.TEXT;
        }
        if (erased == boolean.class || erased == Boolean.class) {
            return Kind.BOOLEAN;
        }
        if (Number.class.isAssignableFrom(erased)
                || erased.isPrimitive()
                || InputTypeSchema.INTEGERS.containsKey(erased)
                || erased == OptionalDouble.class) {
            return Kind.NUMBER;
        }
        return Collection.class.isAssignableFrom(erased) || Map.class.isAssignableFrom(erased)
                ? Kind.CONTAINER
                : Kind.OTHER;
    }

    /** Returns {@link Object} for a type variable or a wildcard. */
    private static Class<?> erased(AnnotatedType type) {
        Type found = type.getType();
        Type raw = found instanceof ParameterizedType generic ? generic.getRawType() : found;
        return raw instanceof Class<?> known ? known : Object.class;
    }

    private void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new InvalidSchemaException(place, otherwise);
        }
    }
}
