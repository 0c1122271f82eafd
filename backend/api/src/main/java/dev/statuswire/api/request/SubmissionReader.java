package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.InputError;
import dev.statuswire.api.http.JsonBody;
import dev.statuswire.api.http.Problem;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.schema.NumberRange;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Submission;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code {"type","input"}} bodies, and lets pass only what a type's schema accepts. A body is
 * parsed once, and its input is written once as it is stored.
 */
public final class SubmissionReader {

    private static final Set<String> MEMBERS = Set.of("type", "input");

    /**
     * Each value, key and bracket of an input is a byte of it at least; the rest is for the type.
     */
    private static final int MAX_TOKENS = Request.MAX_INPUT_BYTES + 1024;

    private final InputSchemas schemas;

    /** Creates a reader for the types that {@code schemas} knows. */
    public SubmissionReader(InputSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Reads what {@code call} submits.
     *
     * @param idempotencyKey the hash of the key that came with it
     * @throws ProblemException if the body is not JSON, is too large, or breaks the type's schema
     */
    Submission read(Context call, Optional<String> idempotencyKey) {
        JsonNode body = JsonBody.read(call, Request.MAX_BODY_BYTES, MAX_TOKENS);
        refuse(errorsOf(body));
        String type = body.path("type").textValue();
        JsonNode input = body.path("input");
        String text = Json.write(input);
        if (text.getBytes(StandardCharsets.UTF_8).length > Request.MAX_INPUT_BYTES) {
            throw JsonBody.tooLarge(
                    "An input may have "
                            + Request.MAX_INPUT_BYTES
                            + " bytes, without white space and with escapes resolved.");
        }
        refuse(NumberRange.errorsOf(input, "/input", InputSchemas.MAX_ERRORS));
        refuse(schemas.errorsOf(type, input, "/input"));
        return new Submission(type, text, idempotencyKey);
    }

    private static void refuse(List<InputError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    private List<InputError> errorsOf(JsonNode body) {
        if (!body.isObject()) {
            return List.of(new InputError("", "It is not an object of type and input."));
        }
        var errors = new ArrayList<InputError>();
        body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !MEMBERS.contains(name))
                .limit(InputSchemas.MAX_ERRORS)
                .forEach(name -> errors.add(error(name, "It is not known here.")));
        JsonNode type = body.path("type");
        if (type.isMissingNode()) {
            errors.add(error("type", "It is missing."));
        } else if (!type.isTextual() || !schemas.know(type.textValue())) {
            errors.add(error("type", "There is no such request type."));
        }
        if (!body.has("input")) {
            errors.add(error("input", "It is missing."));
        }
        return errors;
    }

    private static InputError error(String member, String detail) {
        return new InputError(InputError.pointer("", member), detail);
    }
}
