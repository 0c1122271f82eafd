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

/** One dashboard: the alarms, then what happens to requests, then the parts. */
final class Operations extends Construct {

    private static final Duration PERIOD = Duration.minutes(1);
    private static final int WHOLE_WIDTH = 24;
    private static final int THIRD = 8;

    Operations(Construct scope, Options options, Measured measured) {
        super(scope, "Operations");
        var alarms = new Alarms(this, options, measured);
        Dashboard dashboard =
                Dashboard.Builder.create(this, "Dashboard")
                        .dashboardName(GlobalName.of(this, "dashboard"))
                        .build();
        dashboard.addWidgets(
                AlarmStatusWidget.Builder.create()
                        .title("Alarms")
                        .alarms(alarms.all())
                        .width(WHOLE_WIDTH)
                        .build());
        dashboard.addWidgets(
                graph("Accepted, by type", each(Metrics.Counter.ACCEPTED)),
                graph("Finished, by status", each(Metrics.Counter.FINISHED)),
                graph(
                        "Accepted to finished, 95 of 100, ms",
                        each(Metrics.Timer.ACCEPTED_TO_FINISHED)));
        dashboard.addWidgets(
                graph("Pushed, by kind", each(Metrics.Counter.PUSHED)),
                graph("Dropped connections", each(Metrics.Counter.DROPPED)),
                graph("Change to push, 95 of 100, ms", each(Metrics.Timer.CHANGE_TO_PUSH)));
        dashboard.addWidgets(
                graph("Overdue, by what became of it", each(Metrics.Counter.SWEPT)),
                graph("Overdue for so long, 95 of 100, ms", each(Metrics.Timer.OVERDUE)),
                graph("Items that cannot be read as requests", each(Metrics.Counter.UNREADABLE)));
        dashboard.addWidgets(
                graph(
                        "Behind the streams, ms",
                        Stream.of(
                                        measured.work().processor(),
                                        measured.work().notifier(),
                                        measured.work().activityRecorder())
                                .map(function -> Measured.iteratorAge(function, PERIOD))
                                .toArray(IMetric[]::new)),
                graph("Told to the queue of failures", measured.discarded(PERIOD)),
                graph(
                        "Server errors of the APIs",
                        measured.apiErrors(PERIOD),
                        measured.liveErrors(PERIOD)));
        dashboard.addWidgets(
                graph("Errors of functions", ofAll(measured, "Errors", "Sum")),
                graph("Throttles of functions", ofAll(measured, "Throttles", "Sum")),
                graph("Duration of functions, ms", ofAll(measured, "Duration", "p95")));
        dashboard.addWidgets(
                graph("Invocations at once", ofAll(measured, "ConcurrentExecutions", "Maximum")));
    }

    private static IMetric[] ofAll(Measured measured, String name, String statistic) {
        return measured.functions().stream()
                .map(function -> Measured.of(function, name, statistic, PERIOD))
                .toArray(IMetric[]::new);
    }

    private static IMetric each(Metrics.Counter counter) {
        return Measured.each(counter.metric(), counter.label(), "Sum", PERIOD);
    }

    private static IMetric each(Metrics.Timer timer) {
        return Measured.each(timer.metric(), timer.label(), "p95", PERIOD);
    }

    private static IWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(List.of(metrics))
                .width(THIRD)
                .build();
    }
}
