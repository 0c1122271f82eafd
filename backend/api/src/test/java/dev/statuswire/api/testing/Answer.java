package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.net.http.HttpHeaders;

/** A server's response. */
public record Answer(int status, HttpHeaders headers, String body) {

    /** Returns this response; fails unless it has this status. */
    public Answer expect(int wanted) {
        if (status != wanted) {
            throw new AssertionError("expected " + wanted + ": " + this);
        }
        return this;
    }

    /** Returns the body as JSON; fails if it is not JSON. */
    public JsonNode json() {
        return Json.parse(body).orElseThrow(() -> new AssertionError("not JSON: " + body));
    }

    /** Returns the first value of the header; fails if there is none. */
    public String header(String name) {
        return headers.firstValue(name)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + headers.map()));
    }

    /** Returns whether the response has the header. */
    public boolean has(String name) {
        return headers.firstValue(name).isPresent();
    }

    /** Returns the entity tag of the status document in the body. */
    public String documentTag() {
        return "\"%s-%s\""
                .formatted(json().path("life").asText(""), json().path("version").asText());
    }

    /** Returns the kind of problem that the body describes. */
    public String problem() {
        return json().path("type").asText().replace("/problems/", "");
    }
}
