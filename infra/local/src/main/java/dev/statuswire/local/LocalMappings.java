package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.FailureDestination;
import dev.statuswire.emulator.mapping.MappingSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Creates event source mappings with the same settings as on AWS. */
final class LocalMappings {

    private final DynamoDbEngine engine;
    private final Optional<Duration> pollInterval;
    private final Metrics metrics;
    private final InstantSource clock;

    /**
     * @param pollInterval how often to poll the streams; empty to read them after every write
     */
    LocalMappings(SharedComponents components, Optional<Duration> pollInterval) {
        this.engine = components.engine();
        this.metrics = components.metrics();
        this.clock = components.clock();
        this.pollInterval = pollInterval;
    }

    EventSourceMapping of(
            String id,
            String table,
            FunctionDefinition<DynamodbEvent, ?> function,
            String... filters) {
        MappingSettings settings =
                MappingSettings.of(id, table, LocalTables.POSITIONS)
                        .withFilters(filters)
                        .withBatches(
                                StreamDelivery.BATCH_SIZE, StreamDelivery.PARALLELIZATION_FACTOR)
                        .withRetries(StreamDelivery.RETRIES, StreamDelivery.OLDEST_RECORD);
        return new EventSourceMapping(
                pollInterval.map(every -> settings.withPolling(every, false)).orElse(settings),
                engine,
                timed(id, function),
                FailureDestination.LOGGED);
    }

    private <O> FunctionDefinition<DynamodbEvent, O> timed(
            String mapping, FunctionDefinition<DynamodbEvent, O> function) {
        return new FunctionDefinition<>(
                function.name(),
                function.input(),
                new IteratorAge<>(function.handler(), mapping, metrics, clock),
                function.timeout(),
                function.concurrency());
    }
}
