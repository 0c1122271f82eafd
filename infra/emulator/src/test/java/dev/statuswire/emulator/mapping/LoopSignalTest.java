package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoopSignalTest {

    private final LoopSignal signal = new LoopSignal(EmulatorWait.REAL);

    @Test
    void signal_raised_while_nobody_waits_is_not_lost_and_several_count_once()
            throws InterruptedException {
        signal.raise();
        signal.raise();
        signal.await();
        assertThat(signal.await(Duration.ZERO)).isFalse();
        signal.raise();
        signal.raise();
        assertThat(signal.await(Duration.ofMinutes(1))).isTrue();
        assertThat(signal.await(Duration.ZERO)).isFalse();
    }

    @Test
    void signal_wakes_who_waits() throws InterruptedException {
        Thread waiter =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        signal.await();
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        Streamed.until("it waits", () -> waiter.getState() == Thread.State.WAITING);
        signal.raise();
        assertThat(waiter.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void time_that_is_over_does_not_wait() throws InterruptedException {
        assertThat(signal.await(Duration.ofSeconds(-1))).isFalse();
    }
}
