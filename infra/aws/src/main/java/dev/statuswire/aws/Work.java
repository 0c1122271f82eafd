package dev.statuswire.aws;

import dev.statuswire.core.stream.StreamDelivery;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.S3Destination;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** The functions that get work done and tell of it, with what calls them. */
final class Work extends Construct {

    private static final int RETRIES = 2;
    private static final Duration OLDEST_EVENT = Duration.hours(6);

    private final JavaFunction worker;
    private final JavaFunction processor;
    private final JavaFunction notifier;
    private final JavaFunction sweeper;
    private final JavaFunction activityRecorder;

    Work(Construct scope, Functions functions, Tables tables, LiveApi live, Failures failures) {
        super(scope, "Work");
        worker = functions.worker();
        processor = functions.processor(worker);
        notifier = functions.notifier(live);
        sweeper = functions.sweeper();
        activityRecorder = functions.activityRecorder();
        var mappings = new Mappings(this, failures);
        String requests = tables.requests().getAttrStreamArn();
        mappings.read("Processor", requests, processor, StreamDelivery.ACCEPTED_ONLY)
                .getNode()
                // The processor has the alias's ARN as a text.
                .addDependency(worker.alias());
        mappings.read("Notifier", requests, notifier);
        mappings.read("Activity", tables.users().getAttrStreamArn(), activityRecorder);
        retryWorker(failures);
        sweepEachMinute(failures.queue());
    }

    /** As the local runtime does; a request whose event is lost is due again, so it is not lost. */
    private void retryWorker(Failures failures) {
        worker.alias()
                .configureAsyncInvoke(
                        EventInvokeConfigOptions.builder()
                                .retryAttempts(RETRIES)
                                .maxEventAge(OLDEST_EVENT)
                                .onFailure(new S3Destination(failures.records()))
                                .build());
    }

    /** A sweep that fails is not repeated: the next one does the same, a minute later. */
    private void sweepEachMinute(Queue onFailure) {
        sweeper.alias()
                .configureAsyncInvoke(
                        EventInvokeConfigOptions.builder()
                                .retryAttempts(0)
                                .maxEventAge(Duration.minutes(1))
                                .build());
        Accepted.in(
                sweeper.alias(),
                Map.of(
                        "Serverless-LambdaAsyncFailureDestination",
                        "A sweep that fails is no loss: the next one does the same."));
        Rule.Builder.create(this, "EachMinute")
                .description("Statuswire: looks after what is overdue")
                .schedule(Schedule.rate(Duration.minutes(1)))
                .targets(
                        List.of(
                                LambdaFunction.Builder.create(sweeper.alias())
                                        .retryAttempts(0)
                                        .deadLetterQueue(onFailure)
                                        .build()))
                .build();
    }

    JavaFunction worker() {
        return worker;
    }

    JavaFunction processor() {
        return processor;
    }

    JavaFunction notifier() {
        return notifier;
    }

    JavaFunction sweeper() {
        return sweeper;
    }

    JavaFunction activityRecorder() {
        return activityRecorder;
    }
}
