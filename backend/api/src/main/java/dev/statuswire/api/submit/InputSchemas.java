package dev.statuswire.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import dev.statuswire.api.http.InputError;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The schemas of the request types' inputs (JSON Schema draft 4), compiled once. {@code format} is
 * asserted; nothing is fetched from anywhere. Immutable and thread-safe.
 */
public final class InputSchemas {

    private static final int MAX_ERRORS = 50;

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder()
                    .formatAssertionsEnabled(true)
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ENGLISH)
                    .regularExpressionFactory(BoundedPattern::new)
                    .build();

    private final Map<String, JsonSchema> byType;

    /**
     * Those of {@code types}.
     *
     * @throws IllegalStateException where one of them is not a schema
     */
    public InputSchemas(RequestTypes types) {
        var factory =
                JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V4,
                        builder ->
                                builder.schemaLoaders(
                                        loaders ->
                                                loaders.add(DisallowSchemaLoader.getInstance())));
        byType =
                types.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        RequestType::name, type -> compiled(factory, type)));
    }

    private static JsonSchema compiled(JsonSchemaFactory factory, RequestType type) {
        try {
            JsonSchema schema = factory.getSchema(type.inputSchema(), CONFIG);
            schema.initializeValidators();
            if (!schema.getSchemaNode().isObject()) {
                throw new IllegalArgumentException("not an object");
            }
            return schema;
        } catch (JsonSchemaException | IllegalArgumentException broken) {
            throw new IllegalStateException(
                    "the request type " + type.name() + ": its schema is broken", broken);
        }
    }

    boolean know(String type) {
        return byType.containsKey(type);
    }

    /**
     * What is wrong with {@code input}, at most {@value #MAX_ERRORS} things.
     *
     * @param type one that is {@linkplain #know known}
     * @param pointer to the input
     */
    public List<InputError> errorsOf(String type, JsonNode input, String pointer) {
        JsonSchema schema = byType.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("no schema of " + type);
        }
        return schema.validate(input).stream()
                .limit(MAX_ERRORS)
                .map(message -> error(message, pointer))
                .toList();
    }

    /** A member that is missing, or too much, is pointed to as if it were there. */
    private static InputError error(ValidationMessage message, String pointer) {
        String within = message.getInstanceLocation().toString();
        String member = message.getProperty();
        String whole = pointer + within;
        return new InputError(
                member == null ? whole : InputError.pointer(whole, member),
                sentence(message.getMessage(), within));
    }

    private static String sentence(String message, String within) {
        String prefix = within + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
