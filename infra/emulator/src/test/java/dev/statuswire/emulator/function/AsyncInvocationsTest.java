package dev.statuswire.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AsyncInvocationsTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final RegisteredFunction<String, Integer> function =
            new RegisteredFunction<>(
                    new FunctionDefinition<>(
                            "worker",
                            String.class,
                            (event, context) -> runs.incrementAndGet(),
                            Duration.ofMinutes(1),
                            1),
                    EmulatorTime.STEADY);

    /** Each read of the clock advances it by 61 s. */
    private final AtomicInteger reads = new AtomicInteger();

    private final InstantSource fastClock =
            () -> Instant.EPOCH.plusSeconds(61L * reads.incrementAndGet());

    @Test
    void an_event_that_waits_longer_than_its_maximum_age_is_dropped_without_running()
            throws Exception {
        var asynchronous =
                new AsyncInvocations(new AsyncRules(List.of(), Duration.ofMinutes(1)), fastClock);
        assertThat(function.tryAcquire()).isTrue();

        asynchronous.accept(function, "\"one\"", "1");

        Await.until("no event is waiting", () -> reads.get() > 1 && asynchronous.waiting() == 0);
        function.release();
        asynchronous.stop(Duration.ofSeconds(10));
        assertThat(runs).hasValue(0);
    }
}
