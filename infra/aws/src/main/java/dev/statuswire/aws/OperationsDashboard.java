package dev.statuswire.aws;

import dev.statuswire.core.metrics.Metrics;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.constructs.Construct;

/**
 * Creates the alarms and one dashboard: the alarms first, then metrics of requests, then metrics of
 * the components.
 */
final class OperationsDashboard extends Construct {

    private static final Duration PERIOD = Duration.minutes(1);
    private static final int WHOLE_WIDTH = 24;
    private static final int THIRD = 8;

    private final StackMetrics measured;
    private final Alarms alarms;

    OperationsDashboard(Construct scope, DeployOptions options, StackMetrics measured) {
        super(scope, "Operations");
        this.measured = measured;
        alarms = new Alarms(this, options, measured);
        Dashboard dashboard =
                Dashboard.Builder.create(this, "Dashboard")
                        .dashboardName(GlobalName.of(this, "dashboard"))
                        .build();
        dashboard.addWidgets(
                AlarmStatusWidget.Builder.create()
                        .title("Alarms")
                        .alarms(alarms.everywhere())
                        .width(WHOLE_WIDTH)
                        .build());
        ofRequests(dashboard);
        ofParts(dashboard);
    }

    private void ofRequests(Dashboard dashboard) {
        dashboard.addWidgets(
                graph("Accepted, by type", each(Metrics.Counter.ACCEPTED)),
                graph("Finished, by status", each(Metrics.Counter.FINISHED)),
                graph("Accepted to finished, p95, ms", each(Metrics.Timer.ACCEPTED_TO_FINISHED)));
        dashboard.addWidgets(
                graph("Pushed, by kind", each(Metrics.Counter.PUSHED)),
                graph("Dropped connections", each(Metrics.Counter.DROPPED)),
                graph("Change to push, p95, ms", each(Metrics.Timer.CHANGE_TO_PUSH)));
        dashboard.addWidgets(
                graph("Overdue requests, by outcome", each(Metrics.Counter.SWEPT)),
                graph("Overdue time, p95, ms", each(Metrics.Timer.OVERDUE)),
                graph("Unreadable items", each(Metrics.Counter.UNREADABLE)));
    }

    private void ofParts(Dashboard dashboard) {
        dashboard.addWidgets(
                graph("Retries offered after their backoff", each(Metrics.Counter.RETRY_OFFERED)),
                graph("Delay of retries, p95, ms", each(Metrics.Timer.RETRY_LATE)),
                graph("Wait of offers for a worker, p95, ms", each(Metrics.Timer.UNCLAIMED)));
        dashboard.addWidgets(
                graph(
                        "Iterator age of the streams, ms",
                        Stream.of(
                                        measured.work().processor,
                                        measured.work().notifier,
                                        measured.work().activityRecorder)
                                .map(function -> StackMetrics.iteratorAge(function, PERIOD))
                                .toArray(IMetric[]::new)),
                graph("Messages in the failure queue", measured.discarded(PERIOD)),
                graph(
                        "5xx responses of the APIs",
                        measured.apiErrors(PERIOD),
                        measured.liveErrors(PERIOD)));
        dashboard.addWidgets(
                graph("Function errors", ofAll("Errors", "Sum")),
                graph("Function throttles", ofAll("Throttles", "Sum")),
                graph("Function duration, p95, ms", ofAll("Duration", "p95")));
        dashboard.addWidgets(
                graph("Concurrent invocations", ofAll("ConcurrentExecutions", "Maximum")),
                graph(
                        "Throttled by DynamoDB",
                        measured.tableThrottles(PERIOD),
                        measured.indexThrottles(PERIOD)),
                graph(
                        "Age of asynchronous events, ms",
                        StackMetrics.of(
                                measured.work().worker, "AsyncEventAge", "Maximum", PERIOD)));
        measured.cloudFrontErrors(PERIOD)
                .ifPresent(
                        errors ->
                                dashboard.addWidgets(
                                        GraphWidget.Builder.create()
                                                .title("5xx responses of CloudFront")
                                                .left(List.of(errors))
                                                .region("us-east-1")
                                                .width(THIRD)
                                                .build()));
        dashboard.addWidgets(
                graph("Authorizer failures", measured.authorizersFailed(PERIOD)),
                graph(
                        "Dropped events and records",
                        measured.eventsDropped(PERIOD),
                        measured.recordsLost(PERIOD)));
    }

    private IMetric[] ofAll(String name, String statistic) {
        return measured.functions().stream()
                .map(function -> StackMetrics.of(function, name, statistic, PERIOD))
                .toArray(IMetric[]::new);
    }

    private IMetric each(Metrics.Counter counter) {
        return measured.each(counter.metric(), counter.label(), "Sum", PERIOD);
    }

    private IMetric each(Metrics.Timer timer) {
        return measured.each(timer.metric(), timer.label(), "p95", PERIOD);
    }

    private static IWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(List.of(metrics))
                .width(THIRD)
                .build();
    }

    Alarms alarms() {
        return alarms;
    }
}
