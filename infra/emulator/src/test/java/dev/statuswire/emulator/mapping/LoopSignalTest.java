package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoopSignalTest {

    private final LoopSignal signal = new LoopSignal(EmulatorWait.REAL);

    @Test
    void a_signal_raised_before_the_wait_is_not_lost_and_several_count_as_one()
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
    void a_signal_wakes_a_waiting_thread() throws InterruptedException {
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
        Await.until("it waits", () -> waiter.getState() == Thread.State.WAITING);
        signal.raise();
        assertThat(waiter.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void a_wait_of_negative_duration_returns_at_once() throws InterruptedException {
        assertThat(signal.await(Duration.ofSeconds(-1))).isFalse();
    }
}
