package dev.statuswire.api.request;

import static dev.statuswire.api.request.JsonBody.MAX_ERRORS;
import static dev.statuswire.api.request.JsonBody.error;
import static dev.statuswire.api.request.JsonBody.refuse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.schema.InputError;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.schema.NumberRange;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"type","input","notBefore"?,"notAfter"?,"tags"?}} bodies, and accepts only inputs
 * that match the schema of their type. A body is parsed once, and its input is serialized once, in
 * the form in which it is stored.
 */
public final class SubmissionReader {

    private static final String NOT_BEFORE = "notBefore";
    private static final String NOT_AFTER = "notAfter";
    private static final String TAGS = "tags";
    private static final Set<String> MEMBERS = Set.of("type", "input", NOT_BEFORE, NOT_AFTER, TAGS);
    private static final Pattern TAG = Pattern.compile(SubmissionOptions.TAG_PATTERN);

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
        return new Submission(type, text, options(body), idempotencyKey);
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
        Stream.of(NOT_BEFORE, NOT_AFTER)
                .filter(time -> body.has(time) && JsonBody.time(body.path(time)).isEmpty())
                .forEach(
                        time ->
                                errors.add(
                                        error(
                                                time,
                                                "must be a time in UTC, such as"
                                                        + " 2030-01-31T14:30:00Z")));
        if (body.has(TAGS) && !areTags(body.path(TAGS))) {
            errors.add(
                    error(
                            TAGS,
                            "must be a list of at most %d different texts of 1 to 64 characters of"
                                            .formatted(SubmissionOptions.MAX_TAGS)
                                    + " A-Z, a-z, 0-9, _, ., : and -"));
        }
        return errors;
    }

    private static boolean areTags(JsonNode tags) {
        return tags.isArray()
                && tags.size() <= SubmissionOptions.MAX_TAGS
                && tags.valueStream().allMatch(SubmissionReader::isTag)
                && tags.valueStream().distinct().count() == tags.size();
    }

    /** Unlike a search, this does not accept a line feed at the end. */
    private static boolean isTag(JsonNode tag) {
        return tag.isTextual() && TAG.matcher(tag.textValue()).matches();
    }

    /** Reads the options, whose formats have been checked. */
    private static SubmissionOptions options(JsonNode body) {
        return new SubmissionOptions(
                time(body.path(NOT_BEFORE)),
                time(body.path(NOT_AFTER)),
                body.path(TAGS).valueStream().map(JsonNode::textValue).toList());
    }

    private static @Nullable Instant time(JsonNode time) {
        return JsonBody.time(time).map(it -> it.truncatedTo(ChronoUnit.MILLIS)).orElse(null);
    }
}
