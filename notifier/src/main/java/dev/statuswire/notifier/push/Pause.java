package dev.statuswire.notifier.push;

import java.time.Duration;

/** How to wait, so that tests need not. */
@FunctionalInterface
public interface Pause {

    /** Blocks for {@code duration}, or less where the thread is interrupted: it stays so then. */
    void forThe(Duration duration);
}
