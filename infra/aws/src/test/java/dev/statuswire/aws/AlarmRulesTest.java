package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.metrics.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that alarms watch existing metrics: CloudWatch accepts an alarm on any metric name, and
 * such an alarm never goes off.
 */
final class AlarmRulesTest {

    private static final String ALARM = "AWS::CloudWatch::Alarm";

    /** CloudWatch's limit for an alarm on a metric math expression. */
    private static final int MOST_METRICS = 10;

    /**
     * Namespace, name and dimensions as in the AWS documentation.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Types
     *     of metrics for Lambda functions</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html">Amazon
     *     API Gateway dimensions and metrics</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html">Monitoring
     *     WebSocket API execution with CloudWatch metrics</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html">DynamoDB
     *     metrics and dimensions</a>: {@code TableName} alone does not count its indexes
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html">Available
     *     CloudWatch metrics for Amazon SQS</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html">CloudFront
     *     metrics by the CloudWatch API</a>
     */
    private static final Set<String> KNOWN =
            Set.of(
                    "AWS/Lambda IteratorAge [FunctionName]",
                    "AWS/Lambda Errors [FunctionName]",
                    "AWS/Lambda Throttles [FunctionName]",
                    "AWS/Lambda Invocations [FunctionName]",
                    "AWS/Lambda AsyncEventAge [FunctionName]",
                    "AWS/Lambda AsyncEventsDropped [FunctionName]",
                    "AWS/Lambda DestinationDeliveryFailures [FunctionName]",
                    "AWS/ApiGateway 5XXError [ApiName, Stage]",
                    "AWS/ApiGateway IntegrationError [ApiId, Stage]",
                    "AWS/ApiGateway ExecutionError [ApiId, Stage]",
                    "AWS/DynamoDB ReadThrottleEvents [TableName]",
                    "AWS/DynamoDB WriteThrottleEvents [TableName]",
                    "AWS/DynamoDB ReadThrottleEvents [GlobalSecondaryIndexName, TableName]",
                    "AWS/DynamoDB WriteThrottleEvents [GlobalSecondaryIndexName, TableName]",
                    "AWS/SQS ApproximateNumberOfMessagesVisible [QueueName]",
                    "AWS/CloudFront 5xxErrorRate [DistributionId, Region]",
                    "AWS/CloudFront Requests [DistributionId, Region]",
                    "Statuswire authorizer_errors [stage]");

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_metric_of_an_alarm_exists_with_its_dimensions(Synthesized stack) {
        assertThat(metrics(stack))
                .hasSizeGreaterThan(40)
                .extracting(AlarmRulesTest::described)
                .allMatch(it -> KNOWN.contains(it) || ofFunctions().contains(it));
    }

    /**
     * Returns the metrics that the functions write; {@code EmfMetricsTest} checks them with these
     * dimensions.
     */
    private static Set<String> ofFunctions() {
        return Set.copyOf(
                Stream.concat(
                                Stream.of(Metrics.Counter.values())
                                        .map(it -> described(it.metric(), it.label())),
                                Stream.of(Metrics.Timer.values())
                                        .map(it -> described(it.metric(), it.label())))
                        .toList());
    }

    private static String described(String name, String label) {
        return "Statuswire %s %s".formatted(name, new TreeSet<>(List.of("stage", label)));
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_alarm_watches_one_stage(Synthesized stack) {
        String stage = stack.equals(Synthesized.withCognito()) ? "dev" : "prod";

        assertThat(stack.properties(ALARM))
                .allMatch(
                        it ->
                                it.path("AlarmName")
                                        .asText()
                                        .startsWith("statuswire-" + stage + "-"));
        assertThat(metrics(stack))
                .filteredOn(it -> it.path("Namespace").asText().equals("Statuswire"))
                .isNotEmpty()
                .allMatch(it -> ("\"" + stage + "\"").equals(dimensions(it).get("stage")));
    }

    /** The metric belongs to a function, a table or a log filter of the template. */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_alarm_names_resources_of_the_stack(Synthesized stack) {
        Set<String> ids = new TreeSet<>();
        stack.template().path("Resources").fieldNames().forEachRemaining(ids::add);

        for (JsonNode metric : metrics(stack)) {
            for (JsonNode dimension : metric.path("Dimensions")) {
                JsonNode value = dimension.path("Value");
                String named = value.path("Ref").asText(value.at("/Fn::GetAtt/0").asText());
                assertThat(value.isTextual() || ids.contains(named)).as("%s", value).isTrue();
            }
        }
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using
     *     math expressions with CloudWatch metrics</a>: a sum has no data point at a time at which
     *     one of its metrics has none; {@code FILL} gives it one
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void sums_tolerate_missing_data_points_and_have_at_most_10_metrics(Synthesized stack) {
        List<JsonNode> sums =
                stack.properties(ALARM).stream().filter(it -> it.has("Metrics")).toList();

        assertThat(sums).hasSizeGreaterThan(5);
        for (JsonNode sum : sums) {
            String expression = sum.path("Metrics").findValue("Expression").asText();
            List<String> ids = new ArrayList<>();
            sum.path("Metrics")
                    .forEach(
                            it -> {
                                if (it.has("MetricStat")) {
                                    ids.add(it.path("Id").asText());
                                }
                            });
            assertThat(ids).hasSizeBetween(2, MOST_METRICS);
            assertThat(ids).allMatch(id -> expression.contains("FILL(" + id + ",0)"));
        }
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html">CloudFront
     *     metrics by the CloudWatch API</a>: they are in us-east-1
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void cloudfront_alarm_is_in_the_region_of_its_metrics_and_nothing_refers_to_it(
            Synthesized stack) {
        Map.Entry<String, JsonNode> alarm =
                stack.resources(ALARM).entrySet().stream()
                        .filter(it -> it.getValue().toString().contains("AWS/CloudFront"))
                        .findFirst()
                        .orElseThrow();
        JsonNode condition =
                stack.template()
                        .path("Conditions")
                        .path(alarm.getValue().path("Condition").asText());

        assertThat(condition.toString())
                .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"AWS::Region\"},\"us-east-1\"]}");
        assertThat(stack.template().toString())
                .doesNotContain("\"%s\",\"Arn\"".formatted(alarm.getKey()))
                .doesNotContain("{\"Ref\":\"%s\"}".formatted(alarm.getKey()));
    }

    /** The documentation uses this number to calculate the costs of an idle stack. */
    @Test
    void documentation_states_the_number_of_alarms_and_of_their_metrics() {
        Synthesized stack = Synthesized.withCognito();

        assertThat(Path.of("../../docs/reference/aws.md"))
                .content()
                .contains(
                        "%d alarms of %d metrics"
                                .formatted(stack.resources(ALARM).size(), metrics(stack).size()));
    }

    /** Returns the metrics of all alarms; CloudWatch bills alarms by metric. */
    private static List<JsonNode> metrics(Synthesized stack) {
        var metrics = new ArrayList<JsonNode>();
        for (JsonNode alarm : stack.properties(ALARM)) {
            if (alarm.has("MetricName")) {
                metrics.add(alarm);
            }
            for (JsonNode part : alarm.path("Metrics")) {
                if (part.has("MetricStat")) {
                    metrics.add(part.at("/MetricStat/Metric"));
                }
            }
        }
        return metrics;
    }

    private static String described(JsonNode metric) {
        return "%s %s %s"
                .formatted(
                        metric.path("Namespace").asText(),
                        metric.path("MetricName").asText(),
                        new TreeSet<>(dimensions(metric).keySet()));
    }

    private static Map<String, String> dimensions(JsonNode metric) {
        var dimensions = new HashMap<String, String>();
        metric.path("Dimensions")
                .forEach(
                        it ->
                                dimensions.put(
                                        it.path("Name").asText(), it.path("Value").toString()));
        return dimensions;
    }
}
