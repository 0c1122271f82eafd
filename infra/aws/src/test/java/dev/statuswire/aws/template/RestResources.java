package dev.statuswire.aws.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a REST API's resources. If several resources match a path, the one with a literal
 * segment earlier in the path wins; a variable takes precedence over a greedy variable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html">Set
 *     up a method request in API Gateway</a>
 */
final class RestResources {

    private static final Pattern PART =
            Pattern.compile("[a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._:-]+\\+?}");
    private static final int MOST = 300;

    private final Node root = new Node("");

    /**
     * The resource that a path leads to.
     *
     * @param resourcePath the value of {@code $context.resourcePath}
     * @param methods of the resource, by HTTP method or {@code ANY}
     * @param parameters of the path, decoded
     */
    record Match(
            String resourcePath, Map<String, RestMethod> methods, Map<String, String> parameters) {

        Optional<RestMethod> method(String httpMethod) {
            return Optional.ofNullable(methods.getOrDefault(httpMethod, methods.get("ANY")));
        }
    }

    private static final class Node {
        private final String path;
        private final Map<String, Node> literals = new LinkedHashMap<>();
        private final Map<String, RestMethod> methods = new HashMap<>();
        private @Nullable Node variable;
        private @Nullable Node greedy;
        private String name = "";

        Node(String path) {
            this.path = path;
        }
    }

    /**
     * Reads the resources of an API.
     *
     * @param deployed logical ids; other methods are not part of the deployment
     * @throws RejectedTemplateException if API Gateway would reject a resource or a method
     */
    RestResources(Template template, Resource api, Set<String> deployed) {
        String apiId = template.ref(api);
        List<Resource> resources =
                template.all("AWS::ApiGateway::Resource").stream()
                        .filter(it -> it.text("RestApiId").equals(apiId))
                        .toList();
        if (resources.size() + 1 > MOST) {
            throw new RejectedTemplateException("more than " + MOST + " resources");
        }
        var nodes = new HashMap<String, Node>();
        nodes.put(template.attribute(api, "RootResourceId"), root);
        addBelow(nodes, template, resources);
        for (Resource method : template.all("AWS::ApiGateway::Method")) {
            if (method.text("RestApiId").equals(apiId) && deployed.contains(method.id())) {
                Node node = nodes.get(method.text("ResourceId"));
                if (node == null) {
                    throw new RejectedTemplateException(method.id() + " has no resource");
                }
                node.methods.put(method.text("HttpMethod"), RestMethod.of(method, template));
            }
        }
    }

    private static void addBelow(
            Map<String, Node> nodes, Template template, List<Resource> resources) {
        var left = new ArrayList<>(resources);
        while (left.removeIf(it -> added(it, nodes, template))) {
            // Parents may be declared after their children.
        }
        if (!left.isEmpty()) {
            throw new RejectedTemplateException(left.getFirst().id() + " has no parent");
        }
    }

    private static boolean added(Resource resource, Map<String, Node> nodes, Template template) {
        Node parent = nodes.get(resource.text("ParentId"));
        if (parent == null) {
            return false;
        }
        nodes.put(template.ref(resource), child(parent, resource.text("PathPart")));
        return true;
    }

    private static Node child(Node parent, String part) {
        if (!PART.matcher(part).matches()) {
            throw new RejectedTemplateException("Resource's path part is invalid: " + part);
        }
        if (parent.name.endsWith("+}")) {
            throw new RejectedTemplateException("Cannot create a child of a greedy resource");
        }
        var child = new Node(parent.path + "/" + part);
        child.name = part;
        boolean isTaken;
        if (part.endsWith("+}")) {
            isTaken = parent.greedy != null || parent.variable != null;
            parent.greedy = child;
        } else if (part.startsWith("{")) {
            isTaken = parent.greedy != null || parent.variable != null;
            parent.variable = child;
        } else {
            isTaken = parent.literals.put(part, child) != null;
        }
        if (isTaken) {
            throw new RejectedTemplateException(
                    part.startsWith("{")
                            ? "A sibling of %s already has a variable path part -- only one unique variable path part is allowed"
                                    .formatted(child.path)
                            : "Another resource with the same parent already has this name: "
                                    + part);
        }
        return child;
    }

    /** Returns the resource that {@code path} leads to; empty if none matches. */
    Optional<Match> find(String path) {
        String[] segments = path.substring(1).split("/", -1);
        List<String> below = path.equals("/") ? List.of() : List.of(segments);
        return find(root, below, Map.of());
    }

    private static Optional<Match> find(
            Node node, List<String> segments, Map<String, String> parameters) {
        if (segments.isEmpty()) {
            return node.methods.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Match(
                                    node.path.isEmpty() ? "/" : node.path,
                                    node.methods,
                                    parameters));
        }
        String first = segments.getFirst();
        List<String> rest = segments.subList(1, segments.size());
        return Optional.ofNullable(node.literals.get(first))
                .flatMap(it -> find(it, rest, parameters))
                .or(
                        () ->
                                Optional.ofNullable(node.variable)
                                        .filter(it -> !first.isEmpty())
                                        .flatMap(it -> find(it, rest, with(parameters, it, first))))
                .or(
                        () ->
                                Optional.ofNullable(node.greedy)
                                        .flatMap(
                                                it ->
                                                        find(
                                                                it,
                                                                List.of(),
                                                                with(
                                                                        parameters,
                                                                        it,
                                                                        String.join(
                                                                                "/", segments)))));
    }

    private static Map<String, String> with(
            Map<String, String> parameters, Node variable, String value) {
        var all = new LinkedHashMap<>(parameters);
        // In a path, a plus has no special meaning.
        all.put(variable.name.replaceAll("[{}+]", ""), Call.decoded(value.replace("+", "%2B")));
        return all;
    }
}
