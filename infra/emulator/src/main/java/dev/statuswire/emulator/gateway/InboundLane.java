package dev.statuswire.emulator.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the messages of one client sequentially, in the order in which they arrived. AWS does not
 * guarantee an order of the messages of a connection. In the emulator, messages of one client do
 * not overtake each other, and clients do not wait for each other. A lane uses a thread only while
 * it has tasks. If the weight of the waiting tasks reaches the limit, the gateway stops reading
 * from that client until there is room, so TCP slows the client down. Thread-safe; no method
 * blocks.
 */
final class InboundLane {

    private static final Logger LOG = LoggerFactory.getLogger(InboundLane.class);

    private record Task(int weight, Runnable work) {}

    private final Executor executor;
    private final int limit;
    private final Deque<Task> tasks = new ArrayDeque<>();
    private int waiting;
    private boolean running;
    private Runnable deferred = () -> {};

    /**
     * @param executor runs the lane while it has tasks
     * @param limit the weight of waiting tasks at which reading pauses
     */
    InboundLane(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /**
     * Enqueues a task.
     *
     * @param weight the task's weight, in bytes
     * @param whenRoom called once when there is room for another task: now, or after some have run
     */
    void add(int weight, Runnable work, Runnable whenRoom) {
        boolean room;
        boolean start;
        synchronized (tasks) {
            tasks.add(new Task(weight, work));
            waiting += weight;
            room = waiting < limit;
            if (!room) {
                deferred = whenRoom;
            }
            start = !running;
            running = true;
        }
        if (start) {
            executor.execute(this::run);
        }
        if (room) {
            whenRoom.run();
        }
    }

    private void run() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.work().run();
            } catch (RuntimeException failure) {
                LOG.error("could not handle a message; continuing with the next one", failure);
            }
            done(task);
        }
    }

    private @Nullable Task next() {
        synchronized (tasks) {
            running = !tasks.isEmpty();
            return tasks.poll();
        }
    }

    private void done(Task task) {
        Runnable resume = () -> {};
        synchronized (tasks) {
            waiting -= task.weight();
            if (waiting < limit) {
                resume = deferred;
                deferred = () -> {};
            }
        }
        resume.run();
    }
}
