package dev.statuswire.aws;

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
 * The metrics of the parts: AWS's own, and those that the functions write in the embedded metric
 * format, by the names of {@link Metrics} and with two dimensions, the stage and the metric's
 * label.
 *
 * <p>AWS sends most metrics only when something happens, so a sum fills what is missing with 0.
 *
 * @param functions all but the authorizer of tokens, which throws for each token that it refuses
 * @param authorizerErrors calls that the REST API's authorizer failed to decide
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

    /** The dimension that tells the stages of one account apart. */
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

    /** How old the last record was that a mapping handed over; milliseconds. */
    static Metric iteratorAge(JavaFunction function, Duration period) {
        return of(function, "IteratorAge", "Maximum", period);
    }

    /** How many invocation records of failures wait for a person. */
    Metric discarded(Duration period) {
        return failures.queue()
                .metricApproximateNumberOfMessagesVisible(
                        MetricOptions.builder().statistic("Maximum").period(period).build());
    }

    /**
     * Responses of 5xx of the REST API. Without a reference to its stage: the stage depends on the
     * functions' aliases, and these on the alarm.
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
     * A WebSocket API has no statuses; it has integrations that fail, and calls that it cannot
     * make.
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

    /** Calls and handshakes that no authorizer decided, because it failed. */
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
     * Responses of 5xx of CloudFront, which tells their share and the number of all.
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

    /** Reads and writes of the tables that DynamoDB throttled. */
    MathExpression tableThrottles(Duration period) {
        return sum(
                period,
                "throttled at tables",
                Stream.of(
                                tables.requests(),
                                tables.users(),
                                tables.connections(),
                                tables.activity())
                        .flatMap(table -> throttles(Map.of("TableName", table.getRef()), period))
                        .toList());
    }

    /** Reads and writes of the index of what is due that DynamoDB throttled. */
    MathExpression indexThrottles(Duration period) {
        CfnTable requests = tables.requests();
        return sum(
                period,
                "throttled at the index",
                throttles(
                                Map.of(
                                        "TableName",
                                        requests.getRef(),
                                        "GlobalSecondaryIndexName",
                                        Item.DUE_INDEX),
                                period)
                        .toList());
    }

    private static Stream<IMetric> throttles(Map<String, String> dimensions, Duration period) {
        return THROTTLES.stream().map(name -> metric(DYNAMO_DB, name, dimensions, "Sum", period));
    }

    /** A metric of all functions, added up. */
    MathExpression ofFunctions(String name, Duration period) {
        return sum(name, functions, period);
    }

    /** Asynchronous events that Lambda gave up; the daily calls' are not among them. */
    MathExpression eventsDropped(Duration period) {
        return sum("AsyncEventsDropped", List.of(work.worker, work.sweeper), period);
    }

    /** Records and events that were discarded and could not be kept either. */
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

    /** One part of a counter. */
    Metric own(Metrics.Counter counter, String part, Duration period) {
        return own(counter.metric(), counter.label(), part, "Sum", period);
    }

    /** The longest of one part of a timer; milliseconds. */
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

    /** All parts of a metric of the functions, for a graph; alarms cannot search. */
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
     * @param metrics at most 10, which is what an alarm takes
     */
    private static MathExpression sum(
            Duration period, String label, List<? extends IMetric> metrics) {
        // A graph may have several sums, whose metrics must not share an id.
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
