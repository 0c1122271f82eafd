package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Evaluates the intrinsic functions of CloudFormation that the CDK uses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     function reference</a>
 */
final class Expressions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final PhysicalNames names;

    Expressions(PhysicalNames names) {
        this.names = names;
    }

    /**
     * Returns the logical ids and pseudo parameters that the expressions in {@code json} refer to.
     */
    static Set<String> named(JsonNode json) {
        var named = new LinkedHashSet<String>();
        for (JsonNode ref : json.findValues("Ref")) {
            named.add(ref.asText());
        }
        json.findValues("Fn::GetAtt").forEach(it -> named.add(it.path(0).asText()));
        for (JsonNode sub : json.findValues("Fn::Sub")) {
            Matcher variable = VARIABLE.matcher(sub.isArray() ? "" : sub.asText());
            while (variable.find()) {
                named.add(variable.group(1).replaceFirst("\\..*", ""));
            }
        }
        return named;
    }

    String attribute(String id, String attribute) {
        return names.attribute(id, attribute, this);
    }

    JsonNode resolve(JsonNode json) {
        if (json.isArray()) {
            ArrayNode resolved = JSON.arrayNode();
            json.forEach(it -> resolved.add(resolve(it)));
            return resolved;
        }
        if (!json.isObject()) {
            return json;
        }
        if (json.size() == 1) {
            Map.Entry<String, JsonNode> only = json.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return call(only.getKey(), only.getValue());
            }
        }
        ObjectNode resolved = JSON.objectNode();
        json.properties().forEach(it -> resolved.set(it.getKey(), resolve(it.getValue())));
        return resolved;
    }

    private JsonNode call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> text(attribute(argument.asText(), PhysicalNames.REF));
            case "Fn::GetAtt" ->
                    text(attribute(argument.path(0).asText(), argument.path(1).asText()));
            case "Fn::Join" -> join(argument.path(0).asText(), resolve(argument.path(1)));
            case "Fn::Select" -> resolve(argument.path(1)).path(resolve(argument.path(0)).asInt());
            case "Fn::Split" ->
                    split(argument.path(0).asText(), resolve(argument.path(1)).asText());
            case "Fn::Sub" -> sub(argument);
            default -> throw new IllegalArgumentException("unsupported function: " + function);
        };
    }

    private static TextNode text(String value) {
        return JSON.textNode(value);
    }

    private static JsonNode join(String delimiter, JsonNode parts) {
        return text(
                parts.valueStream().map(JsonNode::asText).collect(Collectors.joining(delimiter)));
    }

    private static JsonNode split(String delimiter, String joined) {
        ArrayNode parts = JSON.arrayNode();
        for (String part : joined.split(Pattern.quote(delimiter), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private JsonNode sub(JsonNode argument) {
        String pattern = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode variables = resolve(argument.path(1));
        return text(
                VARIABLE.matcher(pattern)
                        .replaceAll(it -> Matcher.quoteReplacement(sub(it.group(1), variables))));
    }

    private String sub(String variable, JsonNode variables) {
        if (variables.has(variable)) {
            return variables.path(variable).asText();
        }
        int dot = variable.indexOf('.');
        return dot < 0
                ? attribute(variable, PhysicalNames.REF)
                : attribute(variable.substring(0, dot), variable.substring(dot + 1));
    }
}
