package dev.statuswire.aws.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Emulates a request validator for bodies. Does not distinguish a body that is not JSON from one
 * that does not match the model. Compares numbers exactly, but treats a number beyond the range of
 * a double as invalid JSON, and one that is too close to 0 for a double as 0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html">Request
 *     validation for REST APIs</a>
 */
final class BodyValidator {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private static final Map<String, BodyValidator> COMPILED = new ConcurrentHashMap<>();

    private final JsonSchema model;

    private BodyValidator(String model) {
        this.model =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                        .getSchema(
                                parsed(model),
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build());
    }

    private static JsonNode parsed(String model) {
        try {
            return MAPPER.readTree(model);
        } catch (JsonProcessingException notJson) {
            throw new RejectedTemplateException("Invalid model schema specified: " + model);
        }
    }

    /**
     * Returns the validator of a model. Reuses the validator for an equal text, because compiling
     * one is slow.
     */
    static BodyValidator of(String model) {
        return COMPILED.computeIfAbsent(model, BodyValidator::new);
    }

    boolean accepts(String body) {
        try {
            JsonNode parsed = MAPPER.readTree(body);
            return !parsed.isMissingNode()
                    && isFinite(parsed)
                    && model.validate(prepared(parsed)).isEmpty();
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return false;
        }
    }

    /**
     * Replaces numbers that are 0 as a double. Renames members whose names start with #, because
     * the library does not detect that they are additional.
     */
    private static JsonNode prepared(JsonNode node) {
        if (node.isFloatingPointNumber() && node.doubleValue() == 0) {
            return DoubleNode.valueOf(0);
        }
        if (node.isArray()) {
            var copy = MAPPER.createArrayNode();
            node.forEach(child -> copy.add(prepared(child)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        var copy = MAPPER.createObjectNode();
        node.properties()
                .forEach(
                        it ->
                                copy.set(
                                        it.getKey().replaceFirst("^#", "number sign "),
                                        prepared(it.getValue())));
        return copy;
    }

    private static boolean isFinite(JsonNode node) {
        if (node.isNumber()) {
            return Double.isFinite(node.doubleValue());
        }
        for (JsonNode child : node) {
            if (!isFinite(child)) {
                return false;
            }
        }
        return true;
    }
}
