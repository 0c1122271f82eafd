package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template whose expressions have the values that they would have after a deployment. */
final class Template {

    private final JsonNode json;
    private final String suffix;
    private final Expressions expressions;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    /**
     * Resolves every expression.
     *
     * @param suffix the end of table names, so that several stacks can share a database
     * @throws RejectedTemplateException if an expression cannot be resolved
     */
    Template(JsonNode json, String suffix) {
        this.json = json;
        this.suffix = suffix;
        this.expressions = new Expressions(new PhysicalNames(json, suffix));
        json.path("Resources").properties().forEach(it -> add(it.getKey(), it.getValue()));
    }

    private void add(String id, JsonNode declared) {
        Set<String> dependencies = new LinkedHashSet<>(Expressions.named(declared));
        JsonNode dependsOn = declared.path("DependsOn");
        if (dependsOn.isTextual()) {
            dependencies.add(dependsOn.asText());
        }
        dependsOn.forEach(it -> dependencies.add(it.asText()));
        dependencies.stream()
                .filter(it -> !json.path("Resources").has(it))
                .filter(it -> !it.startsWith("AWS::") && !json.path("Parameters").has(it))
                .findFirst()
                .ifPresent(
                        it -> {
                            throw new RejectedTemplateException(
                                    "Unresolved resource dependencies [" + it + "] in " + id);
                        });
        resources.put(
                id,
                new Resource(
                        id,
                        declared.path("Type").asText(),
                        expressions.resolve(declared.path("Properties")),
                        dependencies));
    }

    /** Returns the JSON of the template, which a test may copy and edit. */
    ObjectNode json() {
        return json.deepCopy();
    }

    /** Returns the suffix of table names. */
    String suffix() {
        return suffix;
    }

    /** Returns the resources of a type, in the order of the template. */
    List<Resource> all(String type) {
        return resources.values().stream().filter(it -> it.type().equals(type)).toList();
    }

    /** Returns the only resource of a type. */
    Resource only(String type) {
        List<Resource> all = all(type);
        if (all.size() != 1) {
            throw new IllegalStateException("expected one " + type + ", got " + all.size());
        }
        return all.getFirst();
    }

    /** Returns the resource whose physical name, ARN or id in another resource is {@code value}. */
    Resource named(String type, String attribute, String value) {
        return all(type).stream()
                .filter(it -> expressions.attribute(it.id(), attribute).equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new RejectedTemplateException("there is no " + type + " " + value));
    }

    /** Returns the value of {@code Ref} for a resource. */
    String ref(Resource resource) {
        return expressions.attribute(resource.id(), PhysicalNames.REF);
    }

    /** Returns the value of {@code Fn::GetAtt} for a resource. */
    String attribute(Resource resource, String name) {
        return expressions.attribute(resource.id(), name);
    }

    /** Returns the logical ids of everything that must exist before a resource. */
    Set<String> before(Resource resource) {
        var found = new LinkedHashSet<String>();
        var open = new ArrayDeque<>(resource.dependencies());
        while (!open.isEmpty()) {
            String id = open.pop();
            if (resources.containsKey(id) && found.add(id)) {
                open.addAll(resources.get(id).dependencies());
            }
        }
        return found;
    }
}
