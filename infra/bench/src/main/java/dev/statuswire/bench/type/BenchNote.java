package dev.statuswire.bench.type;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import java.util.List;

/**
 * {@code bench-note}: one step that does nothing, so that the benchmarks measure only Statuswire.
 */
public final class BenchNote implements RequestType {

    public static final String NAME = "bench-note";

    /** The usual length of a note's text. */
    public static final int LETTERS = 100;

    /** Returns an input with a text of {@code letters} letters. */
    public static String input(int letters) {
        return "{\"text\":\"" + "x".repeat(letters) + "\"}";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Take a note";
    }

    @Override
    public String description() {
        return "Does nothing with a text.";
    }

    @Override
    public String inputSchema() {
        return """
        {
          "$schema": "http://json-schema.org/draft-04/schema#",
          "type": "object",
          "properties": {
            "text": {"type": "string", "maxLength": 60000}
          },
          "required": ["text"],
          "additionalProperties": false
        }
        """;
    }

    @Override
    public String example() {
        return "{\"text\": \"hello\"}";
    }

    @Override
    public Pace pace() {
        return Pace.QUICK;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.of("note", context -> Json.MAPPER.createObjectNode().put("noted", true)));
    }
}
