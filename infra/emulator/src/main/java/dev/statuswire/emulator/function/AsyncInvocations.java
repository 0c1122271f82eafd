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
 * Events on their way to their functions, each on a virtual thread. One that finds all of its
 * function's concurrency in use waits for it in line until it is too old (Lambda tries again after
 * 1 s to 5 min). They are in memory only: a stop drops what does not run yet, a crash all.
 *
 * <p>Thread-safe.
 */
final class AsyncInvocations {

    private static final Logger log = LoggerFactory.getLogger(AsyncInvocations.class);
    private static final Duration TO_END_WHEN_INTERRUPTED = Duration.ofSeconds(3);

    private final AsyncRules rules;
    private final InstantSource steady;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Event> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    AsyncInvocations(AsyncRules rules, InstantSource steady) {
        this.rules = rules;
        this.steady = steady;
    }

    /** Takes an event and returns at once. */
    void accept(HostedFunction<?, ?> function, String payload, String requestId) {
        Event event = new Event(function, payload, requestId, steady.instant());
        Thread thread =
                Thread.ofVirtual()
                        .name(function.name() + "-async-" + requestId)
                        .unstarted(() -> run(event));
        threads.add(thread);
        thread.start();
    }

    /** How many events wait for their function's concurrency. */
    int waiting() {
        return waiting.size();
    }

    private record Event(
            HostedFunction<?, ?> function, String payload, String requestId, Instant accepted) {}

    private void run(Event event) {
        try {
            runToItsEnd(event);
        } catch (InterruptedException e) {
            drop(event, "it was interrupted while it waited");
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private void runToItsEnd(Event event) throws InterruptedException {
        int failures = 0;
        boolean again = true;
        while (again) {
            failures++;
            again = !isDoneAfterARun(event) && awaitRetry(event, failures);
        }
    }

    private boolean isDoneAfterARun(Event event) throws InterruptedException {
        waiting.add(event);
        boolean mayRun = event.function().acquire(rules.maximumAge().minus(age(event)));
        waiting.remove(event);
        if (!mayRun) {
            drop(event, "it waited too long for the function's concurrency");
            return true;
        }
        try {
            return isDropped(event)
                    || !event.function().run(event.payload(), event.requestId()).failed();
        } finally {
            event.function().release();
        }
    }

    private boolean isDropped(Event event) {
        if (isStopped()) {
            drop(event, "everything stops");
        } else if (rules.isTooOld(age(event))) {
            drop(event, "it waited too long for the function's concurrency");
        } else {
            return false;
        }
        return true;
    }

    /** Says whether to run it again. */
    private boolean awaitRetry(Event event, int failures) throws InterruptedException {
        return switch (rules.afterFailure(failures, age(event))) {
            case AsyncRules.Next.Retry(Duration delay) -> {
                log.info(
                        "{} {} will be tried again in {}",
                        event.function().name(),
                        event.requestId(),
                        delay);
                stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS);
                yield true;
            }
            case AsyncRules.Next.Drop(String reason) -> {
                drop(event, reason);
                yield false;
            }
        };
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private static void drop(Event event, String reason) {
        log.error("{} {} is dropped: {}", event.function().name(), event.requestId(), reason);
    }

    private Duration age(Event event) {
        return Duration.between(event.accepted(), steady.instant());
    }

    /**
     * Begins nothing more, drops what waits, lets what runs end until {@code deadline} from now,
     * and interrupts it then.
     *
     * @return whether all that ran ended by itself
     */
    boolean stop(Duration deadline) throws InterruptedException {
        stopped.countDown();
        waiting.forEach(event -> event.function().release());
        if (allEnd(deadline)) {
            return true;
        }
        threads.forEach(Thread::interrupt);
        if (!allEnd(TO_END_WHEN_INTERRUPTED)) {
            log.error(
                    "{} invocations do not end when interrupted; they end with the process",
                    threads.size());
        }
        return false;
    }

    private boolean allEnd(Duration longest) throws InterruptedException {
        Instant until = steady.instant().plus(longest);
        boolean all = true;
        for (Thread thread : threads) {
            Duration left = Duration.between(steady.instant(), until);
            all &= left.isPositive() ? thread.join(left) : !thread.isAlive();
        }
        return all;
    }
}
