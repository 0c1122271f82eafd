package dev.statuswire.aws;

import dev.statuswire.core.function.SnapshotKeepAliveEvent;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;

/**
 * Invokes each function once a day with an event that does nothing. Lambda deletes the snapshot of
 * a version that was not invoked for 14 days, and the next invocation then fails.
 *
 * @see SnapshotKeepAliveEvent
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
 *     and managing Lambda SnapStart: function states</a>
 */
final class SnapshotKeepAlive extends Construct {

    /**
     * @param functions the functions that nothing else invokes daily
     */
    SnapshotKeepAlive(Construct scope, List<JavaFunction> functions) {
        super(scope, "EachDay");
        functions.forEach(this::call);
    }

    private void call(JavaFunction function) {
        Rule rule =
                Rule.Builder.create(this, function.getNode().getId())
                        .description("Statuswire: keeps the snapshot of the function")
                        .schedule(Schedule.rate(Duration.days(1)))
                        .targets(
                                List.of(
                                        LambdaFunction.Builder.create(function.alias())
                                                .event(
                                                        RuleTargetInput.fromObject(
                                                                SnapshotKeepAliveEvent.EVENT))
                                                .build()))
                        .build();
        NagSuppressions.in(
                rule,
                Map.of(
                        "Serverless-EventBusDLQ",
                        "A lost call has no effect: 13 more follow before Lambda deletes the"
                                + " snapshot."));
    }
}
