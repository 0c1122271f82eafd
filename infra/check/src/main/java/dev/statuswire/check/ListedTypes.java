package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The request types that the service lists, and those whose examples the checks submit.
 *
 * @param listed the types as in {@code GET /types}
 * @param submitted at least one
 */
record ListedTypes(List<JsonNode> listed, List<JsonNode> submitted) {

    /**
     * Reads the list of types.
     *
     * @param wanted the names of the types whose examples may be submitted
     * @throws MissingSettingException if the service lists none of them
     */
    static ListedTypes of(JsonNode list, List<String> wanted) {
        List<JsonNode> listed = StreamSupport.stream(list.spliterator(), false).toList();
        List<JsonNode> submitted =
                wanted.stream().flatMap(name -> named(name, listed).stream()).toList();
        if (submitted.isEmpty()) {
            throw new MissingSettingException(
                    ("the service lists none of the types %s; pass types whose examples may be"
                                    + " processed with --check-types NAME,NAME")
                            .formatted(wanted));
        }
        return new ListedTypes(listed, submitted);
    }

    private static Optional<JsonNode> named(String name, List<JsonNode> listed) {
        return listed.stream().filter(type -> type.path("name").asText().equals(name)).findFirst();
    }

    /** Returns the type that most checks use. */
    JsonNode first() {
        return submitted.getFirst();
    }

    /** Returns the body of a submission of a type's example. */
    static String example(JsonNode type) {
        return Submissions.body(type.path("name").asText(), type.path("example"));
    }

    /**
     * Returns bodies with other content than the first type's example: the examples of other types,
     * then variants of its own example, which its schema may reject.
     */
    List<String> others() {
        var bodies = new ArrayList<String>();
        for (JsonNode type : listed) {
            if (!type.path("name").equals(first().path("name"))) {
                bodies.add(example(type));
            }
        }
        first().path("example")
                .properties()
                .forEach(
                        member ->
                                other(member.getValue())
                                        .ifPresent(
                                                value -> bodies.add(with(member.getKey(), value))));
        return bodies;
    }

    private String with(String name, JsonNode value) {
        ObjectNode input = first().path("example").deepCopy();
        input.set(name, value);
        return Submissions.body(first().path("name").asText(), input);
    }

    private static Optional<JsonNode> other(JsonNode value) {
        var nodes = CheckedResponse.JSON.getNodeFactory();
        if (value.isIntegralNumber()) {
            return Optional.of(nodes.numberNode(value.longValue() + 1));
        }
        if (value.isBoolean()) {
            return Optional.of(nodes.booleanNode(!value.booleanValue()));
        }
        if (value.isTextual()) {
            return Optional.of(nodes.textNode(value.textValue() + "x"));
        }
        return Optional.empty();
    }
}
