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
 * Creates event source mappings with the same settings as in the local runtime. They start at the
 * oldest record; records that cannot be processed are stored and skipped.
 */
final class EventSourceMappings extends Construct {

    private final FailureDestinations failures;

    EventSourceMappings(Construct scope, FailureDestinations failures) {
        super(scope, "Mappings");
        this.failures = failures;
    }

    /** Delivers the records that match {@code filter} to a function. */
    EventSourceMapping read(String id, String streamArn, JavaFunction function, String filter) {
        return mapping(id, streamArn, function).filters(List.of(pattern(filter))).build();
    }

    /** Delivers all records to a function. */
    void read(String id, String streamArn, JavaFunction function) {
        mapping(id, streamArn, function).build();
    }

    /**
     * Delivers timers to a function when they fire. SQS redelivers a timer that the function could
     * not process.
     */
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
                        "A lost timer has no effect: the sweeper finds due requests."));
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

    /**
     * Returns the same as {@code FilterCriteria.filter}, which accepts no JSON text as a pattern.
     */
    private static Map<String, Object> pattern(String json) {
        return Map.of("pattern", json.strip());
    }
}
