package dev.statuswire.api.catalog;

import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.json.Json;
import io.javalin.http.Context;
import java.util.Arrays;

/**
 * {@code GET /problems/{kind}}: describes a kind of problem. The {@code type} of a problem document
 * links here.
 */
public final class ListProblems {

    /** Handles the call. */
    public void handle(Context call) {
        String slug = call.pathParam("kind");
        ProblemKind kind =
                Arrays.stream(ProblemKind.values())
                        .filter(one -> one.slug().equals(slug))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        ProblemKind.NOT_FOUND.because(
                                                "There is no such problem type."));
        ResponseWriter.json(
                call,
                200,
                Json.MAPPER
                        .createObjectNode()
                        .put("type", kind.type())
                        .put("title", kind.title())
                        .put("status", kind.status()));
    }
}
