package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.settings.FunctionTimeouts;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.Invocation;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After an outage, many requests are due at once. */
final class ManyDueTest {

    private static final int REQUESTS = Scale.of(300, 5_000);
    private static final String TABLE = "requests";

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    private final DynamoDbRequestStore store =
            new DynamoDbRequestStore(engine.client(), TABLE, transitions);
    private final DynamoDbDueIndex index = new DynamoDbDueIndex(engine.client(), TABLE);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void one_invocation_of_the_sweeper_offers_all_due_requests() {
        engine.client().createTable(TableDefinition.REQUESTS.named(TABLE));
        submitAll(Instant.now().minus(Duration.ofMinutes(2)));
        var sweeper =
                new FunctionRuntime<>(
                        new FunctionDefinition<>(
                                "sweeper",
                                ScheduledEvent.class,
                                new Sweeper(
                                        new Sweeper.Collaborators(
                                                index,
                                                store,
                                                transitions,
                                                Timers.NONE,
                                                DeliverySettings.SWEEP_EVERY,
                                                FunctionHost.NONE,
                                                TimeAndRandomness.real())),
                                FunctionTimeouts.SWEEPER),
                        SteadyClock.OF_PROCESS);

        Instant start = SteadyClock.OF_PROCESS.instant();
        assertThat(sweeper.invoke(new ScheduledEvent(), "sweep"))
                .isInstanceOf(Invocation.Returned.class);
        System.out.printf(
                "%d due requests were offered in %d ms%n",
                REQUESTS, Duration.between(start, SteadyClock.OF_PROCESS.instant()).toMillis());

        assertThat(index.dueAt(Instant.now(), REQUESTS)).isEmpty();
        assertThat(index.dueAt(Instant.now().plus(TransitionTiming.LONGEST_OFFER), REQUESTS))
                .hasSize(REQUESTS);
    }

    private void submitAll(Instant when) {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int n = 0; n < REQUESTS; n++) {
                var key = new RequestKey("ada", "request-%04d".formatted(n));
                threads.execute(() -> store.submit(key, new Submission("order", "{}"), when));
            }
        }
    }
}
