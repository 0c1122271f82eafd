package dev.statuswire.api.link;

import static dev.statuswire.api.request.JsonBody.error;
import static dev.statuswire.api.request.JsonBody.refuse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.request.JsonBody;
import dev.statuswire.core.json.JsonTime;
import dev.statuswire.core.link.LinkOptions;
import dev.statuswire.core.link.LinkScope;
import dev.statuswire.core.link.Links;
import dev.statuswire.schema.InputSchemas;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/** Reads {@code {"scope","step"?,"label"?,"expiresAt"?,"showsInput"?}} bodies. */
public final class LinkOptionsReader {

    private static final String SCOPE = "scope";
    private static final String STEP = "step";
    private static final String LABEL = "label";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String SHOWS_INPUT = "showsInput";
    private static final Set<String> MEMBERS = Set.of(SCOPE, STEP, LABEL, EXPIRES_AT, SHOWS_INPUT);

    private final InputSchemas schemas;
    private final Links links;

    /**
     * @param schemas know which steps wait for an answer
     * @param links determine how long a link can be valid
     */
    public LinkOptionsReader(InputSchemas schemas, Links links) {
        this.schemas = schemas;
        this.links = links;
    }

    /**
     * Reads the body of {@code call}.
     *
     * @throws ProblemException if it is not a JSON object
     */
    JsonNode body(Context call) {
        JsonNode body = JsonBody.parse(call);
        JsonBody.requireObject(body, SCOPE);
        return body;
    }

    /**
     * Reads the options of a link to a request of {@code type}.
     *
     * @throws ProblemException if an option is not valid
     */
    LinkOptions read(JsonNode body, String type) {
        Optional<LinkScope> scope =
                Optional.ofNullable(body.path(SCOPE).textValue()).flatMap(LinkScope::of);
        Instant latest = links.latestEnd();
        // Whole seconds are enough, and TTL has no others.
        Optional<Instant> end =
                JsonTime.read(body.path(EXPIRES_AT))
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        var errors = new ArrayList<>(JsonBody.unknownMembers(body, MEMBERS));
        if (scope.isEmpty()) {
            errors.add(error(SCOPE, "must be watch or answer"));
        }
        if (body.has(STEP) && !isAnswerable(body.path(STEP), type, scope)) {
            errors.add(
                    error(
                            STEP,
                            "must be the name of a step that waits for an answer, and is allowed"
                                    + " only if scope is answer"));
        }
        if (body.has(LABEL) && !isLabel(body.path(LABEL))) {
            errors.add(
                    error(
                            LABEL,
                            "must be a text of 1 to %d characters without control characters"
                                    .formatted(LinkOptions.MAX_LABEL)));
        }
        if (body.has(EXPIRES_AT) && end.filter(it -> isAllowed(it, latest)).isEmpty()) {
            errors.add(
                    error(
                            EXPIRES_AT,
                            "must be a time in UTC, such as 2030-01-31T14:30:00Z, in the future"
                                    + " and within %d days".formatted(Links.LONGEST.toDays())));
        }
        if (body.has(SHOWS_INPUT) && !body.path(SHOWS_INPUT).isBoolean()) {
            errors.add(error(SHOWS_INPUT, "must be true or false"));
        }
        refuse(errors);
        return new LinkOptions(
                scope.orElseThrow(),
                body.path(STEP).textValue(),
                body.path(LABEL).textValue(),
                body.path(SHOWS_INPUT).booleanValue(),
                end.orElse(latest));
    }

    private boolean isAnswerable(JsonNode step, String type, Optional<LinkScope> scope) {
        return step.isTextual()
                && scope.filter(LinkScope.ANSWER::equals).isPresent()
                && schemas.hasAnswer(type, step.textValue());
    }

    private static boolean isLabel(JsonNode label) {
        return label.isTextual()
                && !label.textValue().isBlank()
                && label.textValue().chars().noneMatch(Character::isISOControl)
                && label.textValue().length() <= LinkOptions.MAX_LABEL;
    }

    private static boolean isAllowed(Instant end, Instant latest) {
        return end.isAfter(latest.minus(Links.LONGEST)) && !end.isAfter(latest);
    }
}
