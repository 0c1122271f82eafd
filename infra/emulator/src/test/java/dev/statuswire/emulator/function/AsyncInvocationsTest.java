package dev.statuswire.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Await;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AsyncInvocationsTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final HostedFunction<String, Integer> function =
            new HostedFunction<>(
                    new LocalFunction<>(
                            "worker",
                            String.class,
                            (event, context) -> runs.incrementAndGet(),
                            Duration.ofMinutes(1),
                            1),
                    EmulatorTime.STEADY);

    /** Whenever it is looked at, a minute and a second have passed. */
    private final AtomicInteger looks = new AtomicInteger();

    private final InstantSource hurried =
            () -> Instant.EPOCH.plusSeconds(61L * looks.incrementAndGet());

    @Test
    void event_that_waited_for_its_maximum_age_is_dropped_before_there_is_leave_to_run()
            throws Exception {
        var asynchronous =
                new AsyncInvocations(new AsyncRules(List.of(), Duration.ofMinutes(1)), hurried);
        assertThat(function.tryAcquire()).isTrue();

        asynchronous.accept(function, "\"one\"", "1");

        Await.until("nothing waits any more", () -> looks.get() > 1 && asynchronous.waiting() == 0);
        function.release();
        asynchronous.stop(Duration.ofSeconds(10));
        assertThat(runs).hasValue(0);
    }
}
