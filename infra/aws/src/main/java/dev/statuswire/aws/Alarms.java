package dev.statuswire.aws;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.transition.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * What somebody should hear of. Each alarm's name stands in docs/operations.md, with what to do.
 */
final class Alarms extends Construct {

    private static final Duration MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);
    private static final int BEHIND_MILLIS = 60_000;
    private static final int SEVERAL = 5;
    private static final int OVERDUE_MILLIS = 300_000;

    private final Options options;
    private final List<Alarm> alarms = new ArrayList<>();

    Alarms(Construct scope, Options options, Measured measured) {
        super(scope, "Alarms");
        this.options = options;
        behind("processor-behind", measured.work().processor());
        behind("notifier-behind", measured.work().notifier());
        behind("activity-behind", measured.work().activityRecorder());
        add("discarded", measured.discarded(MINUTE), 1, 1);
        add("api-5xx", measured.apiErrors(FIVE_MINUTES), SEVERAL, 1);
        add("live-5xx", measured.liveErrors(FIVE_MINUTES), SEVERAL, 1);
        add("function-errors", sum(measured.functions(), "Errors"), SEVERAL, 1);
        add("function-throttles", sum(measured.functions(), "Throttles"), SEVERAL, 1);
        add(
                "sweeper-behind",
                measured.longest(Metrics.Timer.OVERDUE, "offered", FIVE_MINUTES),
                OVERDUE_MILLIS,
                1);
        // Offered until an offer waits for the longest, and still not claimed.
        add(
                "unfinished-too-old",
                measured.longest(Metrics.Timer.UNCLAIMED, "offered", FIVE_MINUTES),
                Math.toIntExact(Timing.LONGEST_OFFER.toMillis()),
                1);
        add("given-up", measured.own(Metrics.Counter.SWEPT, "given-up", FIVE_MINUTES), 1, 1);
        add("unreadable", measured.own(Metrics.Counter.UNREADABLE, "item", FIVE_MINUTES), 1, 1);
        silent("sweeper-silent", measured.work().sweeper());
        options.alarmTopic().ifPresent(this::tell);
    }

    private void behind(String name, JavaFunction function) {
        add(name, Measured.iteratorAge(function, MINUTE), BEHIND_MILLIS, 3);
    }

    private void silent(String name, JavaFunction function) {
        alarms.add(
                alarm(name, Measured.of(function, "Invocations", "Sum", FIVE_MINUTES), 1, 1)
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                        .treatMissingData(TreatMissingData.BREACHING)
                        .build());
    }

    private void add(String name, IMetric metric, int threshold, int periods) {
        alarms.add(
                alarm(name, metric, threshold, periods)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData(TreatMissingData.NOT_BREACHING)
                        .build());
    }

    private Alarm.Builder alarm(String name, IMetric metric, int threshold, int periods) {
        return Alarm.Builder.create(this, name)
                .alarmName(options.stackName() + "-" + name)
                .alarmDescription("What to do: docs/operations.md, " + name)
                .metric(metric)
                .threshold(threshold)
                .evaluationPeriods(periods);
    }

    private static MathExpression sum(List<JavaFunction> functions, String metric) {
        Map<String, IMetric> metrics = new HashMap<>();
        IntStream.range(0, functions.size())
                .forEach(
                        i ->
                                metrics.put(
                                        "m" + i,
                                        Measured.of(
                                                functions.get(i), metric, "Sum", FIVE_MINUTES)));
        return MathExpression.Builder.create()
                .expression(metrics.keySet().stream().sorted().collect(Collectors.joining("+")))
                .usingMetrics(metrics)
                .label(metric)
                .period(FIVE_MINUTES)
                .build();
    }

    private void tell(String topicArn) {
        var action = new SnsAction(Topic.fromTopicArn(this, "Topic", topicArn));
        alarms.forEach(alarm -> alarm.addAlarmAction(action));
    }

    List<Alarm> all() {
        return List.copyOf(alarms);
    }
}
