package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A resource of a template.
 *
 * @param id the logical id
 * @param properties with every expression resolved
 * @param dependencies the logical ids in {@code DependsOn} and in its expressions
 */
record Resource(String id, String type, JsonNode properties, Set<String> dependencies) {

    JsonNode get(String property) {
        return properties.path(property);
    }

    String text(String property) {
        return properties.path(property).asText();
    }
}
