package dev.statuswire.emulator.function;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the events of asynchronous invocations, each on a virtual thread. If a function has reached
 * its concurrency limit, its events wait in order until they are too old (Lambda instead retries
 * them after 1 s to 5 min). Events are in memory only: a stop drops those that are not running yet,
 * a crash drops all.
 *
 * <p>Thread-safe.
 */
final class AsyncInvocations {

    private static final Logger log = LoggerFactory.getLogger(AsyncInvocations.class);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(3);

    private final AsyncRules rules;
    private final InstantSource steady;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Event> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    AsyncInvocations(AsyncRules rules, InstantSource steady) {
        this.rules = rules;
        this.steady = steady;
    }

    /** Accepts an event and returns at once. */
    void accept(RegisteredFunction<?, ?> function, String payload, String requestId) {
        Event event = new Event(function, payload, requestId, steady.instant());
        Thread thread =
                Thread.ofVirtual()
                        .name(function.name() + "-async-" + requestId)
                        .unstarted(() -> run(event));
        threads.add(thread);
        thread.start();
    }

    /** Returns how many events wait because of their function's concurrency limit. */
    int waiting() {
        return waiting.size();
    }

    private record Event(
            RegisteredFunction<?, ?> function,
            String payload,
            String requestId,
            Instant accepted) {}

    private void run(Event event) {
        try {
            runWithRetries(event);
        } catch (InterruptedException e) {
            drop(event, "it was interrupted while waiting");
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private void runWithRetries(Event event) throws InterruptedException {
        int failures = 0;
        boolean again = true;
        while (again) {
            failures++;
            again = !runOnce(event) && awaitRetry(event, failures);
        }
    }

    /**
     * Returns whether the event is done, because the function succeeded or the event was dropped.
     */
    private boolean runOnce(Event event) throws InterruptedException {
        waiting.add(event);
        boolean mayRun = event.function().acquire(rules.maximumAge().minus(age(event)));
        waiting.remove(event);
        if (!mayRun) {
            drop(event, "it waited too long for the function's concurrency limit");
            return true;
        }
        try {
            return dropIfStoppedOrTooOld(event)
                    || !event.function().run(event.payload(), event.requestId()).failed();
        } finally {
            event.function().release();
        }
    }

    private boolean dropIfStoppedOrTooOld(Event event) {
        if (isStopped()) {
            drop(event, "the Invoke API is stopping");
        } else if (rules.isTooOld(age(event))) {
            drop(event, "it waited too long for the function's concurrency limit");
        } else {
            return false;
        }
        return true;
    }

    /** Waits until the next retry and returns true, or drops the event and returns false. */
    private boolean awaitRetry(Event event, int failures) throws InterruptedException {
        return switch (rules.afterFailure(failures, age(event))) {
            case AsyncRules.AfterFailure.Retry(Duration delay) -> {
                log.info(
                        "{} {} failed; retrying in {}",
                        event.function().name(),
                        event.requestId(),
                        delay);
                stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS);
                yield true;
            }
            case AsyncRules.AfterFailure.Drop(String reason) -> {
                drop(event, reason);
                yield false;
            }
        };
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private static void drop(Event event, String reason) {
        log.error(
                "dropped the event {} {}: {}", event.function().name(), event.requestId(), reason);
    }

    private Duration age(Event event) {
        return Duration.between(event.accepted(), steady.instant());
    }

    /**
     * Starts no more invocations, drops waiting events, gives running invocations {@code deadline}
     * to finish, and then interrupts them.
     *
     * @return whether all running invocations finished without an interrupt
     */
    boolean stop(Duration deadline) throws InterruptedException {
        stopped.countDown();
        waiting.forEach(event -> event.function().release());
        if (joinAll(deadline)) {
            return true;
        }
        threads.forEach(Thread::interrupt);
        if (!joinAll(INTERRUPT_TIMEOUT)) {
            log.error(
                    "{} invocations did not stop when interrupted; leaving them running",
                    threads.size());
        }
        return false;
    }

    private boolean joinAll(Duration longest) throws InterruptedException {
        Instant until = steady.instant().plus(longest);
        boolean all = true;
        for (Thread thread : threads) {
            Duration left = Duration.between(steady.instant(), until);
            all &= left.isPositive() ? thread.join(left) : !thread.isAlive();
        }
        return all;
    }
}
