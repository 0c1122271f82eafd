package dev.statuswire.aws;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.transition.TransitionTiming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * The CloudWatch alarms of the stack. For each alarm name, docs/guide/operate.md describes what to
 * do.
 */
final class Alarms extends Construct {

    private static final Duration MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);
    private static final int BEHIND_MILLIS = 60_000;
    private static final int WAITING_MILLIS = 30_000;
    private static final int SEVERAL = 5;
    private static final int OVERDUE_MILLIS = 300_000;

    /** Alarms that a faulty release raises, but high traffic or an old failure does not. */
    private static final List<String> OF_A_RELEASE =
            List.of(
                    "processor-behind",
                    "notifier-behind",
                    "api-5xx",
                    "live-5xx",
                    "function-errors");

    private final DeployOptions options;
    private final Map<String, Alarm> alarms = new TreeMap<>();
    private final Optional<Alarm> ofCloudFront;

    Alarms(Construct scope, DeployOptions options, StackMetrics measured) {
        super(scope, "Alarms");
        this.options = options;
        behind("processor-behind", measured.work().processor);
        behind("notifier-behind", measured.work().notifier);
        behind("activity-behind", measured.work().activityRecorder);
        add(
                "worker-waiting",
                StackMetrics.of(measured.work().worker, "AsyncEventAge", "Maximum", MINUTE),
                WAITING_MILLIS,
                5);
        add("events-dropped", measured.eventsDropped(FIVE_MINUTES), SEVERAL, 1);
        add("discarded", measured.discarded(MINUTE), 1, 1);
        add("records-lost", measured.recordsLost(MINUTE), 1, 1);
        add("api-5xx", measured.apiErrors(FIVE_MINUTES), SEVERAL, 1);
        add("live-5xx", measured.liveErrors(FIVE_MINUTES), SEVERAL, 1);
        add("authorizer-failed", measured.authorizersFailed(FIVE_MINUTES), SEVERAL, 1);
        add("function-errors", measured.ofFunctions("Errors", FIVE_MINUTES), SEVERAL, 1);
        add("function-throttles", measured.ofFunctions("Throttles", FIVE_MINUTES), SEVERAL, 1);
        add("table-throttles", measured.tableThrottles(FIVE_MINUTES), SEVERAL, 1);
        add("index-throttles", measured.indexThrottles(FIVE_MINUTES), SEVERAL, 1);
        add("link-throttles", measured.linkThrottles(FIVE_MINUTES), SEVERAL, 1);
        add(
                "sweeper-behind",
                measured.longest(Metrics.Timer.OVERDUE, "offered", FIVE_MINUTES),
                OVERDUE_MILLIS,
                1);
        add(
                "timers-missed",
                measured.own(Metrics.Counter.RETRY_OFFERED, "sweeper", FIVE_MINUTES),
                SEVERAL,
                3);
        // Reaches the threshold when an offer has waited for the maximum time and was not claimed.
        add(
                "unfinished-too-old",
                measured.longest(Metrics.Timer.UNCLAIMED, "offered", FIVE_MINUTES),
                Math.toIntExact(TransitionTiming.LONGEST_OFFER.toMillis()),
                1);
        add("given-up", measured.own(Metrics.Counter.SWEPT, "given-up", FIVE_MINUTES), 1, 1);
        add("unreadable", measured.own(Metrics.Counter.UNREADABLE, "item", FIVE_MINUTES), 1, 1);
        silent("sweeper-silent", measured.work().sweeper);
        ofCloudFront = measured.cloudFrontErrors(FIVE_MINUTES).map(this::ofCloudFront);
        options.alarmTopic().ifPresent(this::notifyTopic);
    }

    private void behind(String name, JavaFunction function) {
        add(name, StackMetrics.iteratorAge(function, MINUTE), BEHIND_MILLIS, 3);
    }

    private void silent(String name, JavaFunction function) {
        alarms.put(
                name,
                alarm(name, StackMetrics.of(function, "Invocations", "Sum", FIVE_MINUTES), 1, 1)
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                        .treatMissingData(TreatMissingData.BREACHING)
                        .build());
    }

    private void add(String name, IMetric metric, int threshold, int periods) {
        alarms.put(name, atLeast(name, metric, threshold, periods));
    }

    private Alarm atLeast(String name, IMetric metric, int threshold, int periods) {
        return alarm(name, metric, threshold, periods)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }

    private Alarm.Builder alarm(String name, IMetric metric, int threshold, int periods) {
        return Alarm.Builder.create(this, name)
                .alarmName(options.stackName() + "-" + name)
                .alarmDescription("For what to do, see docs/guide/operate.md, " + name)
                .metric(metric)
                .threshold(threshold)
                .evaluationPeriods(periods);
    }

    /**
     * Creates the alarm only in us-east-1, because CloudFront's metrics are in that region and an
     * alarm can use only metrics of its own region.
     */
    private Alarm ofCloudFront(IMetric errors) {
        Alarm alarm = atLeast("cloudfront-5xx", errors, SEVERAL, 1);
        if (alarm.getNode().getDefaultChild() instanceof CfnResource resource) {
            resource.getCfnOptions()
                    .setCondition(
                            CfnCondition.Builder.create(this, "HasCloudFrontMetrics")
                                    .expression(Fn.conditionEquals(Aws.REGION, "us-east-1"))
                                    .build());
        }
        return alarm;
    }

    private void notifyTopic(String topicArn) {
        var action = new SnsAction(Topic.fromTopicArn(this, "Topic", topicArn));
        alarms.values().forEach(alarm -> alarm.addAlarmAction(action));
        ofCloudFront.ifPresent(alarm -> alarm.addAlarmAction(action));
    }

    /** Returns the alarms that the stack has in every region. */
    List<Alarm> everywhere() {
        return List.copyOf(alarms.values());
    }

    /**
     * Returns the alarms that stop a deployment. None of them depends on an alias of a function.
     */
    List<Alarm> ofRelease() {
        return OF_A_RELEASE.stream().map(alarms::get).toList();
    }
}
