package dev.statuswire.tests.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import java.util.List;

/** Quick work with as large an input as its client likes, so that a few frames fill a buffer. */
public final class Bulletin implements RequestType {

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
        return "A text for everybody.";
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
