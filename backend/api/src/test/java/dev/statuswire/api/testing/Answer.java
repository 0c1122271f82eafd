package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.net.http.HttpHeaders;

/** What a server answered. */
public record Answer(int status, HttpHeaders headers, String body) {

    /** The body, which is JSON. */
    public JsonNode json() {
        return Json.parse(body).orElseThrow(() -> new AssertionError("not JSON: " + body));
    }

    /** The header, which is there. */
    public String header(String name) {
        return headers.firstValue(name)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + headers.map()));
    }

    /** Whether the header is there. */
    public boolean has(String name) {
        return headers.firstValue(name).isPresent();
    }

    /** The entity tag of the status document in the body. */
    public String documentTag() {
        return "\"%s-%s\""
                .formatted(json().path("life").asText(""), json().path("version").asText());
    }

    /** The kind of the problem that it is. */
    public String problem() {
        return json().path("type").asText().replace("/problems/", "");
    }
}
