package dev.statuswire.aws.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.document.OptionMembers;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.sdk.Definition;

/**
 * The model of a submission: {@code {"type","input"}} with {@linkplain OptionMembers options}, in
 * which the schema of the type applies to the input and no other members are allowed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html">Data
 *     models for REST APIs</a>
 */
final class SubmissionModel {

    private static final String DRAFT = "http://json-schema.org/draft-04/schema#";

    private SubmissionModel() {}

    /**
     * Returns the model in JSON Schema draft 4.
     *
     * @throws dev.statuswire.sdk.InvalidTypeException if API Gateway would reject a schema
     */
    static String of(RequestTypes types) {
        ObjectNode model = Json.MAPPER.createObjectNode();
        model.put("$schema", DRAFT).put("title", "Submission").put("type", "object");
        var oneOf = model.putArray("oneOf");
        var schemas = new InputSchemas(types);
        schemas.requireValidExamples();
        for (Definition<?> type : types.offered()) {
            JsonNode schema = schemas.json(type.name());
            GatewaySchemaRules.check(type.name(), schema);
            oneOf.add(submission(type.name(), schema.deepCopy(), oneOf.size()));
        }
        return Json.write(model);
    }

    private static ObjectNode submission(String type, JsonNode schema, int index) {
        ObjectNode submission = Json.MAPPER.createObjectNode();
        ObjectNode properties = submission.putObject("properties");
        properties.putObject("type").putArray("enum").add(type);
        properties.set("input", input(schema, index));
        properties.setAll(OptionMembers.schemas());
        submission.putArray("required").add("type").add("input");
        return submission.put("additionalProperties", false);
    }

    private static JsonNode input(JsonNode schema, int index) {
        if (schema instanceof ObjectNode object) {
            object.remove("$schema");
        }
        move(schema, "#/oneOf/" + index + "/properties/input");
        return schema;
    }

    /** Rewrites references within the schema for its position in the model. */
    private static void move(JsonNode schema, String to) {
        if (schema instanceof ObjectNode object
                && object.path("$ref").isTextual()
                && object.path("$ref").textValue().startsWith("#")) {
            object.put("$ref", to + object.path("$ref").textValue().substring(1));
        }
        schema.forEach(child -> move(child, to));
    }
}
