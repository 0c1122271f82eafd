package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks what is logged and for how long. AWS creates a missing log group on the first write,
 * without a retention, so the template must contain each log group.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html">Working
 *     with log groups and log streams</a>: log data is stored indefinitely by default
 */
final class LogRulesTest {

    private static final String GROUP = "AWS::Logs::LogGroup";

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_log_group_has_a_retention(Synthesized stack) {
        assertThat(stack.properties(GROUP))
                .hasSizeGreaterThan(10)
                .allMatch(it -> it.path("RetentionInDays").asInt() > 0);
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html">Configuring
     *     CloudWatch log groups</a>: without one, Lambda creates {@code /aws/lambda/<name>}
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_function_logs_to_a_group_of_the_stack_including_those_of_the_cdk(Synthesized stack) {
        Set<String> groups = stack.resources(GROUP).keySet();

        assertThat(stack.properties("AWS::Lambda::Function"))
                .anyMatch(it -> !it.path("Handler").asText().startsWith("dev.statuswire"))
                .allSatisfy(
                        it ->
                                assertThat(groups)
                                        .contains(it.at("/LoggingConfig/LogGroup/Ref").asText()));
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">Set
     *     up CloudWatch logging for REST APIs</a>: execution logs go to {@code
     *     API-Gateway-Execution-Logs_{rest-api-id}/{stage_name}}
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void group_of_the_rest_api_s_execution_logs_is_created_before_the_stage(Synthesized stack) {
        String api = stack.resources("AWS::ApiGateway::RestApi").keySet().iterator().next();
        JsonNode stage = stack.resources("AWS::ApiGateway::Stage").values().iterator().next();
        assertThat(stage.at("/Properties/MethodSettings/0/LoggingLevel").asText())
                .isEqualTo("ERROR");
        List<String> named =
                stack.resources(GROUP).entrySet().stream()
                        .filter(
                                it ->
                                        it.getValue()
                                                .at("/Properties/LogGroupName")
                                                .toString()
                                                .equals(
                                                        "{\"Fn::Join\":[\"\",[\"API-Gateway-Execution-Logs_\","
                                                                + "{\"Ref\":\"%s\"},\"/%s\"]]}"
                                                                        .formatted(
                                                                                api,
                                                                                stage.at(
                                                                                                "/Properties/StageName")
                                                                                        .asText())))
                        .map(Map.Entry::getKey)
                        .toList();

        assertThat(named).hasSize(1);
        assertThat(stage.path("DependsOn").toString()).contains("\"" + named.getFirst() + "\"");
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html">Configure
     *     logging for WebSocket APIs</a>: a logging level makes API Gateway create a group for
     *     execution logs as well
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void websocket_api_has_access_logs_only(Synthesized stack) {
        JsonNode stage = stack.one("AWS::ApiGatewayV2::Stage", "LiveApi");

        assertThat(stage.at("/DefaultRouteSettings").has("LoggingLevel")).isFalse();
        assertThat(stack.resources(GROUP).keySet())
                .contains(stage.at("/AccessLogSettings/DestinationArn/Fn::GetAtt/0").asText());
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html">Log-level
     *     filtering</a>: {@code platform.report} is an event of level INFO
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void reports_of_invocations_are_logged(Synthesized stack) {
        assertThat(stack.properties("AWS::Lambda::Function"))
                .filteredOn(it -> it.path("Handler").asText().startsWith("dev.statuswire"))
                .hasSizeGreaterThanOrEqualTo(8)
                .allMatch(it -> it.at("/LoggingConfig/SystemLogLevel").asText().equals("INFO"));
    }

    /**
     * AWS documents these variables.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
     *     for access logging for API Gateway</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html">Configure
     *     logging for WebSocket APIs</a>
     */
    @ParameterizedTest
    @CsvSource({
        "AWS::ApiGateway::Stage,   AccessLogSetting,  true",
        "AWS::ApiGatewayV2::Stage, AccessLogSettings, false",
    })
    void access_logs_have_the_ids_that_identify_a_call_elsewhere(
            String type, String setting, boolean isRest) {
        JsonNode stage = Synthesized.withCognito().properties(type).getFirst();
        String format = stage.path(setting).path("Format").asText();

        JsonNode line = Json.parse(format).orElseThrow();
        assertThat(line.findValuesAsText("requestId")).containsExactly("$context.requestId");
        assertThat(format).contains("$context.extendedRequestId", "$context.integration.requestId");
        assertThat(variables(format)).isSubsetOf(isRest ? REST : WEB_SOCKETS);
    }

    /** The documented variables that the access log of the REST API uses. */
    private static final Set<String> REST =
            Set.of(
                    "requestId",
                    "extendedRequestId",
                    "integration.requestId",
                    "integration.status",
                    "integration.latency",
                    "authorizer.latency",
                    "authorizer.error",
                    "stage",
                    "requestTime",
                    "httpMethod",
                    "resourcePath",
                    "status",
                    "responseLength",
                    "responseLatency",
                    "error.responseType");

    private static final Set<String> WEB_SOCKETS =
            Set.of(
                    "requestId",
                    "extendedRequestId",
                    "integration.requestId",
                    "integration.status",
                    "integration.latency",
                    "integrationErrorMessage",
                    "stage",
                    "requestTime",
                    "eventType",
                    "routeKey",
                    "connectionId",
                    "status");

    private static Set<String> variables(String format) {
        return Pattern.compile("\\$context\\.([A-Za-z.]+)")
                .matcher(format)
                .results()
                .map(MatchResult::group)
                .map(variable -> variable.substring("$context.".length()))
                .collect(Collectors.toSet());
    }

    /** The filter uses members that the access log contains. */
    @Test
    void failures_of_the_authorizer_are_counted_from_the_access_log() {
        Synthesized stack = Synthesized.withCognito();
        JsonNode filter = stack.properties("AWS::Logs::MetricFilter").getFirst();
        JsonNode stage = stack.properties("AWS::ApiGateway::Stage").getFirst();
        JsonNode line = Json.parse(stage.at("/AccessLogSetting/Format").asText()).orElseThrow();

        assertThat(filter.path("FilterPattern").asText())
                .contains("$.error = \"AUTHORIZER_FAILURE\"");
        assertThat(line.path("error").asText()).isEqualTo("$context.error.responseType");
        assertThat(filter.at("/MetricTransformations/0/Dimensions").toString())
                .isEqualTo("[{\"Key\":\"stage\",\"Value\":\"$.stage\"}]");
        assertThat(line.path("stage").asText()).isEqualTo("$context.stage");
        assertThat(filter.at("/LogGroupName/Ref").asText())
                .isEqualTo(stage.at("/AccessLogSetting/DestinationArn/Fn::GetAtt/0").asText());
    }
}
