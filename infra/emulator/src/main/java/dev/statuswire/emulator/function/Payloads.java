package dev.statuswire.emulator.function;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON to and from a handler's types with the serialization library of the managed Java
 * runtime. It chooses serializers as the runtime does: the library's own serializers for AWS event
 * classes, and Jackson for all other types.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Define Lambda
 *     function handlers in Java</a>
 */
public final class Payloads {

    /** Created once for each type, as in the runtime, because inspecting a type takes time. */
    private static final ClassValue<PojoSerializer<?>> SERIALIZERS =
            new ClassValue<>() {
                @Override
                protected PojoSerializer<?> computeValue(Class<?> type) {
                    return create(type);
                }
            };

    private Payloads() {}

    /**
     * Deserializes {@code json}. Throws the library's exception if the JSON does not match the
     * type.
     */
    static <T> @Nullable T read(String json, Class<T> type) {
        return serializer(type).fromJson(json);
    }

    /**
     * Serializes a handler's output as JSON, {@code null} if there is none. Throws the library's
     * exception if it cannot serialize the output.
     */
    public static String write(@Nullable Object output) {
        if (output == null) {
            return "null";
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        write(output.getClass(), output, json);
        return json.toString(StandardCharsets.UTF_8);
    }

    private static <T> void write(Class<T> type, Object output, ByteArrayOutputStream json) {
        serializer(type).toJson(type.cast(output), json);
    }

    @SuppressWarnings("unchecked") // each serializer is stored under its own type
    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return (PojoSerializer<T>) SERIALIZERS.get(type);
    }

    private static <T> PojoSerializer<T> create(Class<T> type) {
        return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                ? LambdaEventSerializers.serializerFor(type, Payloads.class.getClassLoader())
                : JacksonFactory.getInstance().getSerializer(type);
    }
}
