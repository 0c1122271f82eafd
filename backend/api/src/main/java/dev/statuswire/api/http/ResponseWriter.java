package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import io.javalin.http.Context;

/** Writes responses. */
public final class ResponseWriter {

    private ResponseWriter() {}

    /** Responds to {@code call} with JSON. */
    public static void json(Context call, int status, JsonNode document) {
        call.status(status).contentType("application/json").result(Json.write(document));
    }

    /** Responds to {@code call} with a status that has no body, and therefore no media type. */
    public static void empty(Context call, int status) {
        call.status(status).removeHeader("Content-Type");
    }
}
