package dev.statuswire.tests.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import java.util.List;

/** A quick request type with an arbitrarily large input, so that a few frames fill a buffer. */
public final class LargeTextType implements RequestType {

    @Override
    public String name() {
        return "bulletin";
    }

    @Override
    public String title() {
        return "A bulletin";
    }

    @Override
    public String description() {
        return "A text of any size.";
    }

    @Override
    public String inputSchema() {
        return """
        {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
         "properties": {"text": {"type": "string"}}, "additionalProperties": false}
        """;
    }

    @Override
    public String example() {
        return "{}";
    }

    @Override
    public Pace pace() {
        return Pace.QUICK;
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.of("print", _ -> (JsonNode) Json.MAPPER.createObjectNode()));
    }
}
