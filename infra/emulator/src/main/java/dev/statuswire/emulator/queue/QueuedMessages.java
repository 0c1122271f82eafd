package dev.statuswire.emulator.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages of a queue, in memory, in the order in which they become visible. Thread-safe. */
final class QueuedMessages {

    private final InstantSource steady;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Message> waiting =
            new PriorityQueue<>(Comparator.comparing(Message::visibleAt));
    private boolean stopped;

    /**
     * @param steady decides when messages become visible
     */
    QueuedMessages(InstantSource steady) {
        this.steady = steady;
    }

    /**
     * A message of the queue.
     *
     * @param sentAt when it was sent, by the steady clock
     * @param visibleAt when it can be received, by the steady clock
     * @param receives how often it has been received
     */
    record Message(String id, String body, Instant sentAt, Instant visibleAt, int receives) {

        /** Returns a copy that was received once more and stays hidden until {@code time}. */
        Message receivedUntil(Instant time) {
            return new Message(id, body, sentAt, time, receives + 1);
        }
    }

    void send(String id, String body, Duration delay) {
        Instant now = steady.instant();
        put(new Message(id, body, now, now.plus(delay), 0));
    }

    void put(Message message) {
        lock.lock();
        try {
            waiting.add(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for visible messages and takes at most {@code most}. Returns none after {@link #stop}.
     */
    List<Message> take(int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped && !isAnyVisible()) {
                changed.awaitNanos(nanosUntilNext());
            }
            var taken = new ArrayList<Message>();
            while (!stopped && taken.size() < most && isAnyVisible()) {
                taken.add(waiting.remove());
            }
            return List.copyOf(taken);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAnyVisible() {
        return !waiting.isEmpty() && !waiting.element().visibleAt().isAfter(steady.instant());
    }

    private long nanosUntilNext() {
        return waiting.isEmpty()
                ? Long.MAX_VALUE
                : Duration.between(steady.instant(), waiting.element().visibleAt()).toNanos();
    }

    /** Stops: {@link #take} returns no messages from now on. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
