package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template whose expressions have the values that they would have once it is deployed. */
final class Template {

    private final JsonNode json;
    private final String suffix;
    private final Expressions expressions;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    /**
     * Resolves every expression.
     *
     * @param suffix ends the names of tables, so that several stacks can share a database
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

    /** The JSON that it was made from, which a test may copy and edit. */
    ObjectNode json() {
        return json.deepCopy();
    }

    /** What ends the names of tables. */
    String suffix() {
        return suffix;
    }

    /** The resources of a type, in the order of the template. */
    List<Resource> all(String type) {
        return resources.values().stream().filter(it -> it.type().equals(type)).toList();
    }

    /** The one resource of a type. */
    Resource only(String type) {
        List<Resource> all = all(type);
        if (all.size() != 1) {
            throw new IllegalStateException("not one but " + all.size() + " of " + type);
        }
        return all.getFirst();
    }

    /** The resource whose physical name, ARN or id in another resource is {@code value}. */
    Resource named(String type, String attribute, String value) {
        return all(type).stream()
                .filter(it -> expressions.attribute(it.id(), attribute).equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new RejectedTemplateException("there is no " + type + " " + value));
    }

    /** What {@code Ref} of a resource is. */
    String ref(Resource resource) {
        return expressions.attribute(resource.id(), PhysicalNames.REF);
    }

    /** What {@code Fn::GetAtt} of a resource is. */
    String attribute(Resource resource, String name) {
        return expressions.attribute(resource.id(), name);
    }

    /** The logical ids of everything that has to be there before a resource is. */
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
