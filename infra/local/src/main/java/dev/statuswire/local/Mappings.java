package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.function.LocalFunction;
import dev.statuswire.emulator.mapping.Batching;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.MappingSettings;
import dev.statuswire.emulator.mapping.OnFailure;
import dev.statuswire.emulator.mapping.Polling;
import dev.statuswire.emulator.mapping.Retries;
import dev.statuswire.emulator.mapping.SharedPages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes event source mappings as they are on AWS. */
final class Mappings {

    private static final Batching BATCHING =
            new Batching(
                    StreamDelivery.BATCH_SIZE,
                    Duration.ZERO,
                    StreamDelivery.PARALLELIZATION_FACTOR);
    private static final Retries RETRIES =
            new Retries(StreamDelivery.RETRIES, StreamDelivery.OLDEST_RECORD, true, true);

    private final DynamoDbEngine engine;
    private final SharedPages pages = new SharedPages();
    private final Polling polling;
    private final Metrics metrics;
    private final InstantSource clock;

    /**
     * @param pollInterval looks every so often instead of at every write; empty to be woken
     */
    Mappings(Parts parts, Optional<Duration> pollInterval) {
        this.engine = parts.engine();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.polling = pollInterval.map(every -> new Polling(every, false)).orElse(Polling.DEFAULT);
    }

    EventSourceMapping of(
            String id, String table, LocalFunction<DynamodbEvent, ?> function, String... filters) {
        return new EventSourceMapping(
                MappingSettings.of(id, table, LocalTables.POSITIONS)
                        .withFilters(filters)
                        .withBatching(BATCHING)
                        .withRetries(RETRIES)
                        .withPolling(polling),
                engine,
                timed(id, function),
                OnFailure.LOGGED,
                pages);
    }

    private <O> LocalFunction<DynamodbEvent, O> timed(
            String mapping, LocalFunction<DynamodbEvent, O> function) {
        return new LocalFunction<>(
                function.name(),
                function.input(),
                new IteratorAge<>(function.handler(), mapping, metrics, clock),
                function.timeout(),
                function.concurrency());
    }
}
