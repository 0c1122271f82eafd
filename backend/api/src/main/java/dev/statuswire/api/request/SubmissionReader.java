package dev.statuswire.api.request;

import static dev.statuswire.api.request.JsonBody.MAX_ERRORS;
import static dev.statuswire.api.request.JsonBody.error;
import static dev.statuswire.api.request.JsonBody.refuse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.core.document.OptionMembers;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Submission;
import dev.statuswire.schema.InputError;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.schema.NumberRange;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads {@code {"type","input"}} bodies with {@linkplain OptionMembers options}, and accepts only
 * inputs that match the schema of their type. A body is parsed once, and its input is serialized
 * once, in the form in which it is stored.
 */
public final class SubmissionReader {

    private static final Set<String> MEMBERS =
            Stream.concat(Stream.of("type", "input"), OptionMembers.NAMES.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private static final InputError UNKNOWN_TYPE =
            error("type", "must be the name of a request type; GET /types lists them");

    private final InputSchemas schemas;

    /** Creates a reader for the types in {@code schemas}. */
    public SubmissionReader(InputSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Reads the submission in {@code call}.
     *
     * @param idempotencyKey the hash of the key in the same call
     * @throws ProblemException if the body is not JSON, is too large, or does not match the type's
     *     schema
     */
    Submission read(Context call, Optional<String> idempotencyKey) {
        JsonNode body = JsonBody.parse(call);
        JsonBody.requireObject(body, "type and input");
        refuse(errorsOf(body));
        String type = body.path("type").textValue();
        JsonNode input = body.path("input");
        String text = JsonBody.text(input, "An input", Request.MAX_INPUT_BYTES);
        refuse(NumberRange.errorsOf(input, "/input", MAX_ERRORS));
        refuse(schemas.errorsOf(type, input, "/input", MAX_ERRORS).orElse(List.of(UNKNOWN_TYPE)));
        return new Submission(type, text, OptionMembers.read(body), idempotencyKey);
    }

    private List<InputError> errorsOf(JsonNode body) {
        var errors = new ArrayList<>(JsonBody.unknownMembers(body, MEMBERS));
        JsonNode type = body.path("type");
        if (type.isMissingNode()) {
            errors.add(error("type", "is required"));
        } else if (!type.isTextual() || !schemas.know(type.textValue())) {
            errors.add(UNKNOWN_TYPE);
        }
        if (!body.has("input")) {
            errors.add(error("input", "is required"));
        }
        OptionMembers.faults(body).forEach((name, fault) -> errors.add(error(name, fault)));
        return errors;
    }
}
