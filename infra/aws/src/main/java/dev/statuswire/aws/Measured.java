package dev.statuswire.aws;

import dev.statuswire.core.metrics.Metrics;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * Where the numbers of the parts are: AWS's own, and those that the functions write in the embedded
 * metric format, by the names of {@link Metrics} and with one dimension, its label.
 *
 * @param functions all of them
 * @param onFailure the queue that hears of what could not be processed
 */
record Measured(
        RestApi rest, LiveApi live, Work work, List<JavaFunction> functions, Queue onFailure) {

    Measured {
        functions = List.copyOf(functions);
    }

    static Metric of(JavaFunction function, String name, String statistic, Duration period) {
        return function.function()
                .metric(name, MetricOptions.builder().statistic(statistic).period(period).build());
    }

    /** How old the last record was that a mapping handed over; milliseconds. */
    static Metric iteratorAge(JavaFunction function, Duration period) {
        return of(function, "IteratorAge", "Maximum", period);
    }

    Metric discarded(Duration period) {
        return onFailure.metricApproximateNumberOfMessagesVisible(
                MetricOptions.builder().statistic("Maximum").period(period).build());
    }

    Metric apiErrors(Duration period) {
        return rest.metricServerError(
                MetricOptions.builder().statistic("Sum").period(period).build());
    }

    /**
     * A WebSocket API has no statuses; it has integrations that fail, and calls that it cannot
     * make.
     */
    MathExpression liveErrors(Duration period) {
        return MathExpression.Builder.create()
                .expression("integration+execution")
                .usingMetrics(
                        Map.<String, IMetric>of(
                                "integration", live("IntegrationError", period),
                                "execution", live("ExecutionError", period)))
                .label("5xx of the live API")
                .period(period)
                .build();
    }

    Metric live(String name, Duration period) {
        return Metric.Builder.create()
                .namespace("AWS/ApiGateway")
                .metricName(name)
                .dimensionsMap(Map.of("ApiId", live.id(), "Stage", LiveApi.STAGE))
                .statistic("Sum")
                .period(period)
                .build();
    }

    /** One part of a counter. */
    Metric own(Metrics.Counter counter, String part, Duration period) {
        return own(counter.metric(), counter.label(), part).statistic("Sum").period(period).build();
    }

    /** The longest of one part of a timer; milliseconds. */
    Metric longest(Metrics.Timer timer, String part, Duration period) {
        return own(timer.metric(), timer.label(), part).statistic("Maximum").period(period).build();
    }

    private static Metric.Builder own(String name, String label, String part) {
        return Metric.Builder.create()
                .namespace(Functions.NAMESPACE)
                .metricName(name)
                .dimensionsMap(Map.of(label, part));
    }

    /** All parts of a metric of the functions, for a graph; alarms cannot search. */
    static MathExpression each(String name, String label, String statistic, Duration period) {
        return MathExpression.Builder.create()
                .expression(
                        "SEARCH('{%s,%s} MetricName=\"%s\"', '%s', %d)"
                                .formatted(
                                        Functions.NAMESPACE,
                                        label,
                                        name,
                                        statistic,
                                        period.toSeconds().intValue()))
                .usingMetrics(Map.of())
                .label("")
                .period(period)
                .build();
    }
}
