package dev.statuswire.emulator.function;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON to and from a handler's types with the serialization library of the managed Java runtime,
 * chosen as the runtime chooses: its own serializers for AWS' event classes, its Jackson for
 * everything else.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Define Lambda
 *     function handlers in Java</a>
 */
public final class Payloads {

    /** Made once for each type, as in the runtime: to find out about a type takes its time. */
    private static final ClassValue<PojoSerializer<?>> SERIALIZERS =
            new ClassValue<>() {
                @Override
                protected PojoSerializer<?> computeValue(Class<?> type) {
                    return made(type);
                }
            };

    private Payloads() {}

    /** What the JSON says; what the library throws for JSON that does not fit is let through. */
    static <T> @Nullable T read(String json, Class<T> type) {
        return serializer(type).fromJson(json);
    }

    /**
     * What a handler's output is as a response, {@code null} for none; what the library throws for
     * an output that it cannot write is let through.
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

    @SuppressWarnings("unchecked") // each is made for the type that it is kept for
    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return (PojoSerializer<T>) SERIALIZERS.get(type);
    }

    private static <T> PojoSerializer<T> made(Class<T> type) {
        return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                ? LambdaEventSerializers.serializerFor(type, Payloads.class.getClassLoader())
                : JacksonFactory.getInstance().getSerializer(type);
    }
}
