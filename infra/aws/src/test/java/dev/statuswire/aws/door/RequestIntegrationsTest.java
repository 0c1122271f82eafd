package dev.statuswire.aws.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks what the stack passes to API Gateway. */
final class RequestIntegrationsTest {

    private static final String TOKEN = "${Token[TOKEN.42]}";

    /** API Gateway's limit for a mapping template, in bytes. */
    private static final int LARGEST = 300 * 1024;

    private final RequestTypes shipped = RequestTypes.load();
    private final RequestIntegrations door =
            RequestIntegrations.of(
                    shipped, TransitionTiming.DEFAULT, TOKEN, OwnerExpression.COGNITO, "");

    private Stream<DynamoDbIntegration> integrations() {
        return Stream.of(door.submit(), door.status());
    }

    @Test
    void table_name_is_embedded_unchanged() {
        assertThat(integrations())
                .allMatch(it -> it.requestTemplate().contains("\"TableName\": \"" + TOKEN + "\""));
    }

    @Test
    void template_is_small_enough_and_fully_expanded() {
        assertThat(integrations().flatMap(RequestIntegrationsTest::templates))
                .allMatch(it -> it.getBytes(StandardCharsets.UTF_8).length < LARGEST)
                .allMatch(it -> !it.contains("@{") && !it.contains("@text("));
    }

    private static Stream<String> templates(DynamoDbIntegration integration) {
        return Stream.concat(
                Stream.of(integration.requestTemplate()),
                integration.responses().stream().map(IntegrationResponseMapping::template));
    }

    @Test
    void integration_has_one_response_for_each_status_and_one_default() {
        integrations()
                .forEach(
                        integration -> {
                            var responses = integration.responses();
                            assertThat(responses)
                                    .extracting(IntegrationResponseMapping::statusCode)
                                    .doesNotHaveDuplicates();
                            assertThat(responses)
                                    .filteredOn(it -> it.selectionPattern().isEmpty())
                                    .hasSize(1);
                        });
    }

    @Test
    void every_gateway_response_is_a_problem() {
        assertThat(door.gatewayResponses(false))
                .extracting(GatewayResponse::type)
                .doesNotHaveDuplicates()
                .contains("DEFAULT_4XX", "DEFAULT_5XX", "UNAUTHORIZED", "THROTTLED")
                .hasSize(21);
        assertThat(door.gatewayResponses(false))
                .allMatch(it -> "application/problem+json".equals(it.headers().get("Content-Type")))
                .allMatch(it -> "no-store".equals(it.headers().get("Cache-Control")))
                .allSatisfy(
                        it -> {
                            var document = Json.parse(it.template()).orElseThrow();
                            assertThat(document.path("status").asInt()).isEqualTo(it.statusCode());
                            assertThat(document.path("instance").asText())
                                    .isEqualTo("$context.path");
                        });
    }

    @Test
    void call_that_the_firewall_blocks_is_forbidden_unless_the_firewall_limits_rates() {
        GatewayResponse forbidden = answer("WAF_FILTERED", false);
        GatewayResponse tooMany = answer("WAF_FILTERED", true);

        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.headers()).doesNotContainKey("Retry-After");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers()).containsEntry("Retry-After", "30");
        assertThat(tooMany.template()).isEqualTo(answer("THROTTLED", true).template());
        assertThat(door.gatewayResponses(true))
                .filteredOn(it -> !it.type().equals("WAF_FILTERED"))
                .isEqualTo(
                        door.gatewayResponses(false).stream()
                                .filter(it -> !it.type().equals("WAF_FILTERED"))
                                .toList());
    }

    @Test
    void every_gateway_response_varies_by_origin() {
        assertThat(door.gatewayResponses(false))
                .allMatch(it -> "Origin".equals(it.headers().get("Vary")));
        assertThat(integrations().flatMap(it -> it.responses().stream()))
                .allMatch(it -> it.headers().getOrDefault("Vary", "").startsWith("Origin"));
    }

    @Test
    void gateway_challenges_without_an_error_unless_a_token_is_denied() {
        assertThat(challenge("UNAUTHORIZED")).isEqualTo("Bearer realm=\"statuswire\"");
        assertThat(challenge("ACCESS_DENIED"))
                .isEqualTo("Bearer realm=\"statuswire\", error=\"insufficient_scope\"");
        assertThat(challenge("WAF_FILTERED")).isNull();
        assertThat(challenge("MISSING_AUTHENTICATION_TOKEN")).isNull();
    }

    private @Nullable String challenge(String type) {
        return answer(type, false).headers().get("WWW-Authenticate");
    }

    private GatewayResponse answer(String type, boolean limitsRates) {
        return door.gatewayResponses(limitsRates).stream()
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(GatewayProblem.class)
    void problem_equals_that_of_the_api(GatewayProblem problem) {
        List<ProblemKind> same =
                Arrays.stream(ProblemKind.values())
                        .filter(kind -> kind.type().equals(problem.type()))
                        .toList();
        if (problem.type().equals("about:blank")) {
            assertThat(problem).isIn(GatewayProblem.FORBIDDEN, GatewayProblem.TOO_MANY_CALLS);
        } else {
            assertThat(same).hasSize(1);
        }
        assertThat(same)
                .allMatch(kind -> kind.title().equals(problem.title()))
                .allMatch(kind -> kind.status() == problem.status());
    }

    private static boolean accepts(RequestTypes types, String type, String input) {
        String model =
                RequestIntegrations.of(
                                types, TransitionTiming.DEFAULT, TOKEN, OwnerExpression.LAMBDA, "")
                        .submissionModel();
        var body = Json.MAPPER.createObjectNode().put("type", type);
        body.set("input", Json.parse(input).orElseThrow());
        return fits(model, body);
    }

    private static boolean fits(String schema, JsonNode value) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(schema)
                .validate(value)
                .isEmpty();
    }

    @Test
    void model_accepts_the_same_inputs_as_the_schema_of_each_type() {
        var schemas = new InputSchemas(shipped);
        for (Definition<?> type : shipped.all()) {
            for (Definition<?> other : shipped.all()) {
                JsonNode input = JsonConversion.write(other.example());
                assertThat(accepts(shipped, type.name(), input.toString()))
                        .as("%s of %s", other.name(), type.name())
                        .isEqualTo(fits(schemas.json(type.name()).toString(), input));
            }
        }
    }

    @Test
    void model_accepts_every_example_and_not_everything() {
        assertThat(shipped.all()).allMatch(it -> accepts(shipped, it.name(), example(it)));
        assertThat(shipped.all()).noneMatch(it -> accepts(shipped, it.name(), "{\"more\":1}"));
    }

    private static String example(Definition<?> type) {
        return JsonConversion.write(type.example()).toString();
    }

    @Test
    void schema_may_refer_to_its_own_parts() {
        RequestTypes types =
                TestTypes.withSchema(
                        "tree",
                        """
                        {"definitions": {"leaf": {"type": "integer"}},
                         "properties": {"leaf": {"$ref": "#/definitions/leaf"},
                                        "tree": {"$ref": "#"}}}
                        """);
        assertThat(accepts(types, "tree", "{\"tree\":{\"leaf\":1}}")).isTrue();
        assertThat(accepts(types, "tree", "{\"tree\":{\"leaf\":\"x\"}}")).isFalse();
        assertThat(accepts(types, "no-tree", "{}")).isFalse();
    }
}
