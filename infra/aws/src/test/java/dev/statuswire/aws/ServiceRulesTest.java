package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that a service enforces when the stack is deployed, and that no linter checks. */
final class ServiceRulesTest {

    private static final String RESOURCE = "AWS::ApiGateway::Resource";
    private static final int MAX_RESOURCES = 300;

    /**
     * API Gateway refuses a second one: "A sibling of this resource already has a variable path
     * part -- only one is allowed".
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources">Set
     *     up API resources</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void resource_has_at_most_one_variable_child(Synthesized stack) {
        var variables = new HashMap<String, List<String>>();
        stack.properties(RESOURCE).stream()
                .filter(it -> isVariable(it.path("PathPart").asText()))
                .forEach(
                        it ->
                                variables
                                        .computeIfAbsent(
                                                it.path("ParentId").toString(),
                                                _ -> new ArrayList<>())
                                        .add(it.path("PathPart").asText()));

        assertThat(variables.values())
                .isNotEmpty()
                .allSatisfy(parts -> assertThat(parts).hasSize(1));
    }

    /**
     * What follows a greedy variable could never be reached, so API Gateway refuses it.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources">Set
     *     up API resources</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void greedy_variable_has_no_children(Synthesized stack) {
        assertThat(paths(stack).values())
                .anyMatch(path -> path.endsWith("+}"))
                .noneMatch(path -> path.contains("+}/"));
    }

    /**
     * A method of a resource hides every method of a resource that matches the same path less
     * exactly. So each resource that has methods needs one for every other call.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html">Set
     *     up a proxy integration with a proxy resource</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void resource_with_methods_has_one_for_any(Synthesized stack) {
        var methods = new HashMap<String, List<String>>();
        stack.properties("AWS::ApiGateway::Method")
                .forEach(
                        it ->
                                methods.computeIfAbsent(
                                                it.path("ResourceId").toString(),
                                                _ -> new ArrayList<>())
                                        .add(it.path("HttpMethod").asText()));

        assertThat(methods.values()).isNotEmpty().allMatch(all -> all.contains("ANY"));
    }

    /**
     * A quota that can be raised; counted without the root.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
     *     for configuring and running a REST API</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void rest_api_has_at_most_300_resources(Synthesized stack) {
        assertThat(stack.properties("AWS::ApiGateway::RestApi")).hasSize(1);
        assertThat(stack.properties(RESOURCE)).hasSizeLessThanOrEqualTo(MAX_RESOURCES);
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    /** The full paths of the resources of the REST API, by logical id. */
    private static Map<String, String> paths(Synthesized stack) {
        Map<String, JsonNode> resources = stack.resources(RESOURCE);
        var paths = new TreeMap<String, String>();
        resources.keySet().forEach(id -> paths.put(id, path(id, resources)));
        return paths;
    }

    private static String path(String id, Map<String, JsonNode> resources) {
        JsonNode resource = Objects.requireNonNull(resources.get(id)).path("Properties");
        String parent = resource.at("/ParentId/Ref").asText();
        return (resources.containsKey(parent) ? path(parent, resources) : "")
                + "/"
                + resource.path("PathPart").asText();
    }
}
