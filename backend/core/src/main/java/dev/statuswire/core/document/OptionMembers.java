package dev.statuswire.core.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.json.JsonTime;
import dev.statuswire.core.request.SubmissionOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options of a submission as members of its body and of the status document. */
public final class OptionMembers {

    private static final String NOT_BEFORE = "notBefore";
    private static final String NOT_AFTER = "notAfter";
    private static final String TAGS = "tags";

    /** The names of all members. */
    public static final Set<String> NAMES = Set.of(NOT_BEFORE, NOT_AFTER, TAGS);

    /** With nine decimal places. */
    private static final int LONGEST_TIME = "2000-01-01T00:00:00.000000000Z".length();

    private static final Pattern TAG = Pattern.compile(SubmissionOptions.TAG_PATTERN);

    private OptionMembers() {}

    /** Returns the schema of each member in JSON Schema draft 4. */
    public static ObjectNode schemas() {
        ObjectNode schemas = Json.MAPPER.createObjectNode();
        schemas.set(NOT_BEFORE, timeSchema());
        schemas.set(NOT_AFTER, timeSchema());
        schemas.putObject(TAGS)
                .put("type", "array")
                .put("maxItems", SubmissionOptions.MAX_TAGS)
                .put("uniqueItems", true)
                .set("items", textSchema(SubmissionOptions.TAG_PATTERN));
        return schemas;
    }

    private static ObjectNode timeSchema() {
        return textSchema(JsonTime.PATTERN).put("maxLength", LONGEST_TIME);
    }

    private static ObjectNode textSchema(String pattern) {
        return Json.MAPPER.createObjectNode().put("type", "string").put("pattern", pattern);
    }

    /**
     * Returns what is wrong with the options in a body, such as {@code must be a time}, by the name
     * of the member and in the order of the members.
     */
    public static Map<String, String> faults(JsonNode body) {
        var faults = new LinkedHashMap<String, String>();
        Stream.of(NOT_BEFORE, NOT_AFTER)
                .filter(time -> body.has(time) && JsonTime.read(body.path(time)).isEmpty())
                .forEach(
                        time ->
                                faults.put(
                                        time,
                                        "must be a time in UTC, such as 2030-01-31T14:30:00Z"));
        if (body.has(TAGS) && !areTags(body.path(TAGS))) {
            faults.put(
                    TAGS,
                    "must be a list of at most %d different texts of 1 to 64 characters of"
                                    .formatted(SubmissionOptions.MAX_TAGS)
                            + " A-Z, a-z, 0-9, _, ., : and -");
        }
        return faults;
    }

    private static boolean areTags(JsonNode tags) {
        return tags.isArray()
                && tags.size() <= SubmissionOptions.MAX_TAGS
                && tags.valueStream().allMatch(OptionMembers::isTag)
                && tags.valueStream().distinct().count() == tags.size();
    }

    /** Unlike a search, this does not accept a line feed at the end. */
    private static boolean isTag(JsonNode tag) {
        return tag.isTextual() && TAG.matcher(tag.textValue()).matches();
    }

    /** Reads the options in a body that has no {@linkplain #faults faults}. */
    public static SubmissionOptions read(JsonNode body) {
        List<String> tags = body.path(TAGS).valueStream().map(JsonNode::textValue).toList();
        return SubmissionOptions.NONE
                .withNotBefore(time(body.path(NOT_BEFORE)))
                .withNotAfter(time(body.path(NOT_AFTER)))
                .withTags(tags);
    }

    private static @Nullable Instant time(JsonNode time) {
        return JsonTime.read(time).map(it -> it.truncatedTo(ChronoUnit.MILLIS)).orElse(null);
    }

    /** Writes all members, including those without a value. */
    static void write(SubmissionOptions options, ObjectNode document) {
        document.put(NOT_BEFORE, StatusDocuments.format(options.notBefore()));
        document.put(NOT_AFTER, StatusDocuments.format(options.notAfter()));
        var tags = document.putArray(TAGS);
        options.tags().forEach(tags::add);
    }
}
