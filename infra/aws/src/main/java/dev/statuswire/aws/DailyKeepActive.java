package dev.statuswire.aws;

import dev.statuswire.core.function.KeepActiveEvent;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;

/**
 * A call of each function once a day that does nothing. Lambda deletes the snapshot of a version
 * that was not invoked for 14 days, and the next invocation fails.
 *
 * @see KeepActiveEvent
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
 *     and managing Lambda SnapStart: function states</a>
 */
final class DailyKeepActive extends Construct {

    /**
     * @param functions those that nothing else calls daily
     */
    DailyKeepActive(Construct scope, List<JavaFunction> functions) {
        super(scope, "EachDay");
        functions.forEach(this::call);
    }

    private void call(JavaFunction function) {
        Rule rule =
                Rule.Builder.create(this, function.getNode().getId())
                        .description("Statuswire: keeps the function's snapshot")
                        .schedule(Schedule.rate(Duration.days(1)))
                        .targets(
                                List.of(
                                        LambdaFunction.Builder.create(function.alias())
                                                .event(
                                                        RuleTargetInput.fromObject(
                                                                KeepActiveEvent.EVENT))
                                                .build()))
                        .build();
        NagSuppressions.in(
                rule,
                Map.of(
                        "Serverless-EventBusDLQ",
                        "A call that is lost is no loss: there are 13 more before it matters."));
    }
}
