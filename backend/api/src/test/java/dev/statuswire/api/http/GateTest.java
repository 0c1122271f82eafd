package dev.statuswire.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Await;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class GateTest {

    private final Gate gate = new Gate();
    private final AtomicBoolean in = new AtomicBoolean();

    @Test
    void second_comes_in_when_the_first_is_through() throws Exception {
        gate.enter();
        Thread second = Thread.ofPlatform().start(this::enter);
        Await.until("it waits", () -> second.getState() == Thread.State.WAITING);
        assertThat(in).isFalse();

        gate.open();
        second.join();
        assertThat(in).isTrue();
    }

    private void enter() {
        try {
            gate.enter();
            in.set(true);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void open_gate_holds_nobody() throws Exception {
        gate.open();

        gate.enter();
        gate.enter();
    }
}
