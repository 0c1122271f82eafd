package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import io.javalin.http.Context;

/** Writes answers. */
public final class ResponseWriter {

    private ResponseWriter() {}

    /** Answers {@code call} with JSON. */
    public static void json(Context call, int status, JsonNode document) {
        call.status(status).contentType("application/json").result(Json.write(document));
    }

    /** Answers {@code call} with a status that has no body, and so no media type either. */
    public static void empty(Context call, int status) {
        call.status(status).removeHeader("Content-Type");
    }
}
