package dev.statuswire.aws;

import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.stream.StreamDelivery;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The functions that process requests and push changes, with what invokes them. */
final class ProcessingFunctions extends Construct {

    final JavaFunction worker;
    final JavaFunction processor;
    final JavaFunction notifier;
    final JavaFunction sweeper;
    final JavaFunction timer;
    final JavaFunction activityRecorder;

    /**
     * @param page the URL of the page
     */
    ProcessingFunctions(
            Construct scope,
            Functions functions,
            StackTables tables,
            LiveApi live,
            String page,
            FailureDestinations failures) {
        super(scope, "Work");
        worker = functions.worker(page);
        Queue timers = timers();
        processor = functions.processor(worker, timers, page);
        notifier = functions.notifier(live);
        sweeper = functions.sweeper(timers);
        timer = functions.timer(timers);
        activityRecorder = functions.activityRecorder();
        var mappings = new EventSourceMappings(this, failures);
        String requests = tables.requests().getAttrStreamArn();
        mappings.read("Processor", requests, processor, StreamDelivery.ACCEPTED_OR_DUE_LATER)
                .getNode()
                // The processor contains the ARN of the alias only as text.
                .addDependency(worker.alias());
        mappings.read("Notifier", requests, notifier);
        mappings.read("Activity", tables.users().getAttrStreamArn(), activityRecorder);
        mappings.readTimers(timers, timer);
        boundWorkersEvents();
        sweepEachMinute(failures.queue());
    }

    /**
     * Creates the queue of delayed messages. Requests that are due in the same second share a
     * message.
     */
    private Queue timers() {
        Queue queue =
                Queue.Builder.create(this, "Timers")
                        .encryption(QueueEncryption.SQS_MANAGED)
                        .enforceSsl(true)
                        .visibilityTimeout(seconds(DeliverySettings.TIMER_VISIBILITY))
                        .retentionPeriod(seconds(DeliverySettings.TIMER_RETENTION))
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build();
        String reason = "A lost timer has no effect: the sweeper finds due requests.";
        NagSuppressions.in(
                queue, Map.of("AwsSolutions-SQS3", reason, "Serverless-SQSRedrivePolicy", reason));
        return queue;
    }

    private static Duration seconds(java.time.Duration duration) {
        return Duration.seconds(duration.toSeconds());
    }

    /**
     * Limits retries and age of the worker's events as in the local runtime. Dropped events are not
     * stored: if there are too few workers, every offer would add one, and the request is offered
     * again anyway.
     */
    private void boundWorkersEvents() {
        worker.alias()
                .configureAsyncInvoke(
                        EventInvokeConfigOptions.builder()
                                .retryAttempts(DeliverySettings.WORKER_RETRIES)
                                .maxEventAge(seconds(DeliverySettings.OLDEST_WORKER_EVENT))
                                .build());
        NagSuppressions.in(
                worker.alias(),
                Map.of(
                        "Serverless-LambdaAsyncFailureDestination",
                        "A dropped event has no effect: its request is offered again."));
    }

    /** Does not retry a failed sweep: the next one, a minute later, does the same. */
    private void sweepEachMinute(Queue onFailure) {
        sweeper.alias()
                .configureAsyncInvoke(
                        EventInvokeConfigOptions.builder()
                                .retryAttempts(0)
                                .maxEventAge(seconds(DeliverySettings.SWEEP_EVERY))
                                .build());
        NagSuppressions.in(
                sweeper.alias(),
                Map.of(
                        "Serverless-LambdaAsyncFailureDestination",
                        "A failed sweep has no effect: the next one does the same."));
        Rule.Builder.create(this, "EachMinute")
                .description("Statuswire: offers overdue requests again")
                .schedule(Schedule.rate(Duration.minutes(DeliverySettings.SWEEP_EVERY.toMinutes())))
                .targets(
                        List.of(
                                LambdaFunction.Builder.create(sweeper.alias())
                                        .retryAttempts(0)
                                        .deadLetterQueue(onFailure)
                                        .build()))
                .build();
    }

    /** Returns all of these functions. */
    Stream<JavaFunction> functions() {
        return Stream.of(processor, worker, sweeper, timer, notifier, activityRecorder);
    }
}
