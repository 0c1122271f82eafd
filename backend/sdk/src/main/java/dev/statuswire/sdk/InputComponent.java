package dev.statuswire.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules for the components of an input: which ones a client may leave out, and what they are
 * then. The JSON Schema and the conversion of the input both follow them.
 */
public final class InputComponent {

    private static final ObjectMapper PARSER = new ObjectMapper();

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private InputComponent() {}

    /**
     * {@return whether a client must send the component: it has no {@link Default}, is not an
     * {@link Optional}, and has no annotation with the name {@code Nullable}, from whichever
     * library}
     *
     * @param component the field of a record or class
     */
    public static boolean isRequired(Field component) {
        return !component.isAnnotationPresent(Default.class)
                && !OPTIONALS.contains(component.getType())
                && Stream.<AnnotatedElement>of(component, component.getAnnotatedType())
                        .flatMap(element -> Stream.of(element.getAnnotations()))
                        .map(Annotation::annotationType)
                        .noneMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    /**
     * {@return the {@link Default} of a component; empty if it has none}
     *
     * @param component the field of a record or class
     */
    public static Optional<JsonNode> defaultOf(Field component) {
        return Optional.ofNullable(component.getAnnotation(Default.class))
                .map(annotation -> parse(annotation.value(), component.getType()));
    }

    private static JsonNode parse(String value, Class<?> type) {
        if (type == String.class || type.isEnum()) {
            return TextNode.valueOf(value);
        }
        try {
            return PARSER.readTree(value);
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(value);
        }
    }
}
