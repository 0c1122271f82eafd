package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Edits a template. */
record TemplateEdit(ObjectNode template) {

    private ObjectNode resources() {
        return (ObjectNode) template.path("Resources");
    }

    String id(String type, String idPrefix) {
        return resources().properties().stream()
                .filter(it -> it.getKey().startsWith(idPrefix))
                .filter(it -> it.getValue().path("Type").asText().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " " + idPrefix));
    }

    ObjectNode resource(String type, String idPrefix) {
        return (ObjectNode) resources().path(id(type, idPrefix));
    }

    ObjectNode submit() {
        return resource("AWS::ApiGateway::Method", "RestApirequestsidPUT");
    }

    ObjectNode variables(String function) {
        return object(resource("AWS::Lambda::Function", function), "/Environment/Variables");
    }

    /** Returns the object at a pointer in the properties of a resource. */
    ObjectNode object(ObjectNode resource, String pointer) {
        return (ObjectNode) resource.at("/Properties" + pointer);
    }

    void remove(String type, String idPrefix) {
        String id = id(type, idPrefix);
        resources().remove(id);
        undeployed(id);
    }

    /** Removes all dependencies on a resource. */
    void undeployed(String id) {
        for (JsonNode resource : resources()) {
            if (resource.path("DependsOn") instanceof ArrayNode dependencies) {
                for (int i = dependencies.size() - 1; i >= 0; i--) {
                    if (dependencies.get(i).asText().equals(id)) {
                        dependencies.remove(i);
                    }
                }
            }
        }
    }

    void removeBehavior(String pattern) {
        var behaviors =
                (ArrayNode)
                        resource("AWS::CloudFront::Distribution", "")
                                .at("/Properties/DistributionConfig/CacheBehaviors");
        for (int i = behaviors.size() - 1; i >= 0; i--) {
            if (behaviors.get(i).path("PathPattern").asText().equals(pattern)) {
                behaviors.remove(i);
            }
        }
    }

    /** Returns a copy of the first resource of a type that has this value at the pointer. */
    ObjectNode copy(String type, String pointer, String value) {
        JsonNode original =
                resources()
                        .valueStream()
                        .filter(it -> it.path("Type").asText().equals(type))
                        .filter(it -> it.at("/Properties" + pointer).asText().equals(value))
                        .findFirst()
                        .orElseThrow();
        ObjectNode copy = original.deepCopy();
        resources().set("Copied", copy);
        return copy;
    }

    /** Replaces the matches of {@code pattern} in every text within {@code json}. */
    void replace(JsonNode json, String pattern, String replacement) {
        if (json instanceof ObjectNode object) {
            object.properties()
                    .forEach(
                            it -> {
                                if (it.getValue().isTextual()) {
                                    object.put(
                                            it.getKey(),
                                            replaced(it.getValue(), pattern, replacement));
                                }
                            });
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, replaced(array.get(i), pattern, replacement));
                }
            }
        }
        json.forEach(it -> replace(it, pattern, replacement));
    }

    private static String replaced(JsonNode text, String pattern, String replacement) {
        return text.asText().replaceAll(pattern, replacement);
    }
}
