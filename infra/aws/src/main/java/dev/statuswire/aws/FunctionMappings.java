package dev.statuswire.aws;

import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.stream.StreamDelivery;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.amazon.awscdk.services.lambda.eventsources.S3OnFailureDestination;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Event source mappings, as the local runtime has them: from the oldest record on, and whatever
 * cannot be processed is kept and passed over.
 */
final class FunctionMappings extends Construct {

    private final FailureDestinations failures;

    FunctionMappings(Construct scope, FailureDestinations failures) {
        super(scope, "Mappings");
        this.failures = failures;
    }

    /** Hands what {@code filter} lets through to a function. */
    EventSourceMapping read(String id, String streamArn, JavaFunction function, String filter) {
        return mapping(id, streamArn, function).filters(List.of(pattern(filter))).build();
    }

    /** Hands everything to a function. */
    void read(String id, String streamArn, JavaFunction function) {
        mapping(id, streamArn, function).build();
    }

    /** Hands over timers that go off. What its function cannot process goes off again. */
    void readTimers(IQueue timers, JavaFunction function) {
        EventSourceMapping mapping =
                EventSourceMapping.Builder.create(this, "Timers")
                        .eventSourceArn(timers.getQueueArn())
                        .target(function.alias())
                        .batchSize(DeliverySettings.TIMER_BATCH)
                        .maxConcurrency(DeliverySettings.TIMER_CONCURRENCY)
                        .build();
        NagSuppressions.in(
                mapping,
                Map.of(
                        "Serverless-LambdaEventSourceMappingDestination",
                        "A timer that is lost is no loss: the sweeper finds due requests."));
    }

    private EventSourceMapping.Builder mapping(String id, String streamArn, JavaFunction function) {
        return EventSourceMapping.Builder.create(this, id)
                .eventSourceArn(streamArn)
                .target(function.alias())
                .startingPosition(StartingPosition.TRIM_HORIZON)
                .batchSize(StreamDelivery.BATCH_SIZE)
                .parallelizationFactor(StreamDelivery.PARALLELIZATION_FACTOR)
                .reportBatchItemFailures(true)
                .bisectBatchOnError(true)
                .retryAttempts(StreamDelivery.RETRIES)
                .maxRecordAge(Duration.seconds(StreamDelivery.OLDEST_RECORD.toSeconds()))
                .supportS3OnFailureDestination(true)
                .onFailure(new S3OnFailureDestination(failures.records()));
    }

    /** As {@code FilterCriteria.filter} would make it, which takes no pattern that is JSON. */
    private static Map<String, Object> pattern(String json) {
        return Map.of("pattern", json.strip());
    }
}
