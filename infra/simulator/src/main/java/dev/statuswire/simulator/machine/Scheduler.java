package dev.statuswire.simulator.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs virtual threads one at a time, and chooses at random among those that are ready. If none is
 * ready, time jumps to the next timer. Used by one platform thread, and by the virtual threads that
 * run on it.
 */
public final class Scheduler implements Executor {

    /** Far more turns than any schedule that ends. */
    private static final long MOST_TURNS = 5_000_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RandomGenerator chance;
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<SleepingThread> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong((SleepingThread timer) -> timer.nanos)
                            .thenComparingLong(timer -> timer.number));
    private Instant now = START;
    private final Thread machine = Thread.currentThread();
    private volatile @Nullable String disturbedBy;
    private long turns;
    private long timersMade;

    public Scheduler(RandomGenerator chance) {
        this.chance = chance;
    }

    /** An action at a given time, unless it is cancelled before. */
    static final class SleepingThread {
        private final Instant at;
        private final long nanos;
        private final long number;
        private final Runnable action;
        private boolean over;

        private SleepingThread(Instant at, long number, Runnable action) {
            this.at = at;
            nanos = START.until(at, ChronoUnit.NANOS);
            this.number = number;
            this.action = action;
        }

        void cancel() {
            over = true;
        }
    }

    /** Returns the true time, which the clock of a process need not show. */
    public Instant now() {
        return now;
    }

    /**
     * Makes a thread ready to continue. Called by the JVM.
     *
     * @throws IllegalStateException if the thread waited for another platform thread, because the
     *     order then does not depend on the seed alone
     */
    @Override
    public void execute(Runnable turn) {
        Thread caller = Thread.currentThread();
        if (!caller.isVirtual() && !caller.equals(machine)) {
            disturbedBy = caller.getName();
            throw new IllegalStateException(
                    "interference from the platform thread " + caller.getName());
        }
        ready.add(turn);
    }

    /** Starts a thread on this scheduler. */
    public void start(String name, Runnable task) {
        VirtualThreads.unstarted(this, name, task).start();
    }

    /** Starts a thread on this scheduler after {@code delay}. */
    public void startAfter(Duration delay, String name, Runnable task) {
        after(delay, () -> start(name, task));
    }

    /** Runs a quick action after {@code delay}, outside the threads of this scheduler. */
    SleepingThread after(Duration delay, Runnable action) {
        var timer = new SleepingThread(now.plus(delay), timersMade++, action);
        timers.add(timer);
        return timer;
    }

    /** Lets other threads run first, even if the calling thread is interrupted. */
    public void letOthersGoFirst() {
        var turn = new Semaphore(0);
        execute(turn::release);
        turn.acquireUninterruptibly();
    }

    /** Blocks the calling thread for {@code time}, even if it is interrupted. */
    public void sleep(Duration time) {
        var over = new Semaphore(0);
        after(time, over::release);
        over.acquireUninterruptibly();
    }

    /** Runs everything that becomes ready up to {@code end}. */
    public void runUntil(Instant end) {
        while (true) {
            while (!ready.isEmpty()) {
                runOne();
            }
            SleepingThread next = timers.peek();
            if (next == null || next.at.isAfter(end)) {
                now = end;
                return;
            }
            timers.remove();
            if (!next.over) {
                now = next.at;
                next.over = true;
                next.action.run();
            }
        }
    }

    private void runOne() {
        if (++turns > MOST_TURNS) {
            throw new IllegalStateException("endless loop at " + now);
        }
        if (disturbedBy != null) {
            throw new IllegalStateException("interference from the platform thread " + disturbedBy);
        }
        int last = ready.size() - 1;
        int chosen = last == 0 ? 0 : chance.nextInt(last + 1);
        Runnable turn = ready.get(chosen);
        ready.set(chosen, ready.get(last));
        ready.remove(last);
        turn.run();
    }
}
