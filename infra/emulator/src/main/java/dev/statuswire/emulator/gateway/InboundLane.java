package dev.statuswire.emulator.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one client, handled one after the other in the order they came. AWS promises no
 * order between the messages of a connection; here a client's messages do not overtake each other,
 * and clients do not wait for each other. There is a thread only while there is work. When more
 * waits than the limit, no more is read from that client until there is room: TCP holds it back.
 * Thread-safe; no method blocks.
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
     * @param executor runs a lane as long as it has tasks
     * @param limit the weight of waiting tasks from which on reading pauses
     */
    InboundLane(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /**
     * Puts a task behind those that wait.
     *
     * @param weight bytes
     * @param whenRoom called once as soon as another task is welcome: now, or after some have run
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
                LOG.error("a message could not be handled; the next one is", failure);
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
