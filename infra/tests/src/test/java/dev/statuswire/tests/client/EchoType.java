package dev.statuswire.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;

/** A request type that accepts any input and returns it. */
public final class EchoType implements RequestType<JsonNode> {

    @Override
    public Definition<JsonNode> define() {
        return Definition.of("echo", JsonNode.class)
                .title("Echo")
                .schema("{}")
                .example(Json.MAPPER.createObjectNode())
                .step("echo", JsonNode.class, StepContext::input)
                .build();
    }
}
