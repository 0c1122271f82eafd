package dev.statuswire.aws;

import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.transition.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.logs.MetricFilter;

/**
 * The metrics of the stack: those of AWS services, and those that the functions write in the
 * embedded metric format. The latter have the names of {@link Metrics} and two dimensions, the
 * stage and the label of the metric.
 *
 * <p>AWS publishes most metrics only when something happens, so a sum replaces missing values with
 * 0.
 *
 * @param functions all functions except the token authorizer, which throws an exception for each
 *     token that it rejects
 * @param authorizerErrors counts calls for which the REST API's authorizer failed
 */
record StackMetrics(
        DeployOptions options,
        LiveApi live,
        ProcessingFunctions work,
        JavaFunction ticketAuthorizer,
        List<JavaFunction> functions,
        StackTables tables,
        FailureDestinations failures,
        MetricFilter authorizerErrors,
        Optional<String> distributionId) {

    /** The dimension that distinguishes the stages of an account. */
    static final String STAGE = "stage";

    private static final String DYNAMO_DB = "AWS/DynamoDB";
    private static final List<String> THROTTLES =
            List.of("ReadThrottleEvents", "WriteThrottleEvents");

    StackMetrics {
        functions = List.copyOf(functions);
    }

    static Metric of(JavaFunction function, String name, String statistic, Duration period) {
        return function.function()
                .metric(name, MetricOptions.builder().statistic(statistic).period(period).build());
    }

    /** Returns the age of the last record that a mapping delivered, in milliseconds. */
    static Metric iteratorAge(JavaFunction function, Duration period) {
        return of(function, "IteratorAge", "Maximum", period);
    }

    /** Returns the number of invocation records of failures that no operator has handled yet. */
    Metric discarded(Duration period) {
        return failures.queue()
                .metricApproximateNumberOfMessagesVisible(
                        MetricOptions.builder().statistic("Maximum").period(period).build());
    }

    /**
     * Returns the number of 5xx responses of the REST API. Does not refer to the stage, because the
     * stage depends on the aliases of the functions, and the aliases depend on the alarm.
     */
    Metric apiErrors(Duration period) {
        return metric(
                "AWS/ApiGateway",
                "5XXError",
                Map.of("ApiName", options.stackName(), "Stage", options.stage()),
                "Sum",
                period);
    }

    /**
     * Returns the number of errors of the WebSocket API. It has no status codes; it counts failed
     * integrations, and calls that it could not execute.
     */
    MathExpression liveErrors(Duration period) {
        return sum(
                period,
                "5xx of the live API",
                List.of(live("IntegrationError", period), live("ExecutionError", period)));
    }

    Metric live(String name, Duration period) {
        return metric(
                "AWS/ApiGateway",
                name,
                Map.of("ApiId", live.id(), "Stage", LiveApi.STAGE),
                "Sum",
                period);
    }

    /** Returns the number of calls and handshakes for which the authorizer failed. */
    MathExpression authorizersFailed(Duration period) {
        return sum(
                period,
                "authorizers that failed",
                List.of(
                        authorizerErrors.metric(
                                MetricOptions.builder()
                                        .dimensionsMap(Map.of(STAGE, options.stage()))
                                        .statistic("Sum")
                                        .period(period)
                                        .build()),
                        of(ticketAuthorizer, "Errors", "Sum", period)));
    }

    /**
     * Returns the number of 5xx responses of CloudFront, calculated from their share and the number
     * of all responses.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html">CloudFront
     *     metrics, which are in us-east-1 whatever the region of the stack</a>
     */
    Optional<MathExpression> cloudFrontErrors(Duration period) {
        return distributionId.map(
                id ->
                        MathExpression.Builder.create()
                                .expression("FILL(share,0)*FILL(calls,0)/100")
                                .usingMetrics(
                                        Map.of(
                                                "share",
                                                cloudFront(id, "5xxErrorRate", "Average", period),
                                                "calls",
                                                cloudFront(id, "Requests", "Sum", period)))
                                .label("5xx of CloudFront")
                                .period(period)
                                .build());
    }

    private static Metric cloudFront(String id, String name, String statistic, Duration period) {
        return metric(
                "AWS/CloudFront",
                name,
                Map.of("DistributionId", id, "Region", "Global"),
                statistic,
                period);
    }

    /**
     * Returns the number of reads and writes of the tables that DynamoDB throttled, without the
     * table of links: an alarm can watch ten metrics at most.
     */
    MathExpression tableThrottles(Duration period) {
        return sum(
                period,
                "throttled at tables",
                Stream.of(
                                tables.requests(),
                                tables.users(),
                                tables.bookings(),
                                tables.connections(),
                                tables.activity())
                        .flatMap(table -> throttles(Map.of("TableName", table.getRef()), period))
                        .toList());
    }

    /**
     * Returns the number of reads and writes of the index of due requests that DynamoDB throttled.
     */
    MathExpression indexThrottles(Duration period) {
        return sum(
                period,
                "throttled at the index",
                indexThrottles(tables.requests(), Item.DUE_INDEX, period).toList());
    }

    /** Returns the number of reads and writes of links that DynamoDB throttled. */
    MathExpression linkThrottles(Duration period) {
        CfnTable links = tables.links();
        return sum(
                period,
                "throttled at links",
                Stream.concat(
                                throttles(Map.of("TableName", links.getRef()), period),
                                indexThrottles(links, DynamoDbLinks.REQUEST_INDEX, period))
                        .toList());
    }

    private static Stream<IMetric> indexThrottles(CfnTable table, String index, Duration period) {
        return throttles(
                Map.of("TableName", table.getRef(), "GlobalSecondaryIndexName", index), period);
    }

    private static Stream<IMetric> throttles(Map<String, String> dimensions, Duration period) {
        return THROTTLES.stream().map(name -> metric(DYNAMO_DB, name, dimensions, "Sum", period));
    }

    /** Returns the sum of a metric over all functions. */
    MathExpression ofFunctions(String name, Duration period) {
        return sum(name, functions, period);
    }

    /**
     * Returns the number of asynchronous events that Lambda dropped, without those of the daily
     * calls.
     */
    MathExpression eventsDropped(Duration period) {
        return sum("AsyncEventsDropped", List.of(work.worker, work.sweeper), period);
    }

    /** Returns the number of discarded records and events that could not be stored either. */
    MathExpression recordsLost(Duration period) {
        return sum(
                "DestinationDeliveryFailures",
                List.of(work.processor, work.notifier, work.activityRecorder, work.worker),
                period);
    }

    private static MathExpression sum(String name, List<JavaFunction> of, Duration period) {
        return sum(
                period,
                name,
                of.stream().map(it -> (IMetric) of(it, name, "Sum", period)).toList());
    }

    /** Returns one part of a counter. */
    Metric own(Metrics.Counter counter, String part, Duration period) {
        return own(counter.metric(), counter.label(), part, "Sum", period);
    }

    /** Returns the maximum of one part of a timer, in milliseconds. */
    Metric longest(Metrics.Timer timer, String part, Duration period) {
        return own(timer.metric(), timer.label(), part, "Maximum", period);
    }

    private Metric own(String name, String label, String part, String statistic, Duration period) {
        return metric(
                Functions.NAMESPACE,
                name,
                Map.of(STAGE, options.stage(), label, part),
                statistic,
                period);
    }

    /**
     * Returns all parts of a metric of the functions, for a graph; alarms do not support searches.
     */
    MathExpression each(String name, String label, String statistic, Duration period) {
        return MathExpression.Builder.create()
                .expression(
                        "SEARCH('{%s,%s,%s} MetricName=\"%s\" %s=\"%s\"', '%s', %d)"
                                .formatted(
                                        Functions.NAMESPACE,
                                        STAGE,
                                        label,
                                        name,
                                        STAGE,
                                        options.stage(),
                                        statistic,
                                        period.toSeconds().intValue()))
                .usingMetrics(Map.of())
                .label("")
                .period(period)
                .build();
    }

    /**
     * @param metrics at most 10, the maximum for an alarm
     */
    private static MathExpression sum(
            Duration period, String label, List<? extends IMetric> metrics) {
        // A graph may have several sums, whose metrics must have different ids.
        String prefix = "of" + label.replaceAll("[^A-Za-z0-9]", "");
        var byName = new HashMap<String, IMetric>();
        IntStream.range(0, metrics.size()).forEach(i -> byName.put(prefix + i, metrics.get(i)));
        return MathExpression.Builder.create()
                .expression(
                        byName.keySet().stream()
                                .sorted()
                                .map("FILL(%s,0)"::formatted)
                                .collect(Collectors.joining("+")))
                .usingMetrics(byName)
                .label(label)
                .period(period)
                .build();
    }

    private static Metric metric(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String statistic,
            Duration period) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(period)
                .build();
    }
}
