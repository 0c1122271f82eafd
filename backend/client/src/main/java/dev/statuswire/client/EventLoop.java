package dev.statuswire.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The thread that all state of {@link LiveUpdates} belongs to. Tasks run one after the other. If
 * one throws, the error is logged and the others still run. The thread is a daemon, and starts with
 * the first task. Thread-safe.
 */
final class EventLoop implements Executor {

    private static final Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RandomGenerator random = new SecureRandom();
    private final ScheduledThreadPoolExecutor executor;

    EventLoop() {
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "statuswire-client");
                            thread.setDaemon(true);
                            return thread;
                        },
                        // After close, tasks are no longer needed.
                        (task, closed) -> {});
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    /** Runs a task after this time; 0 or less means soon. */
    void after(long millis, Runnable task) {
        Future<?> unused = timer(millis, task);
    }

    /** Runs a task after this time, unless the returned future is cancelled before. */
    Future<?> timer(long millis, Runnable task) {
        return executor.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Runs an action once a stage has completed.
     *
     * @param action receives the value, or the failure
     */
    <T> void when(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        CompletionStage<T> unused =
                stage.whenCompleteAsync(
                        (value, failed) -> run(() -> action.accept(value, causeOf(failed))), this);
    }

    /** Returns the failure that a stage of a future wraps. */
    private static @Nullable Throwable causeOf(@Nullable Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null
                ? failed.getCause()
                : failed;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.ERROR, "a task of the Statuswire client failed; continuing", failed);
        }
    }

    /** Returns the time of a steady clock, in milliseconds. */
    static long millis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    /** Returns a random number of at least 0 and less than 1. */
    double random() {
        return random.nextDouble();
    }

    /** Ends the thread after the running task. Later tasks are ignored. */
    void close() {
        executor.shutdown();
    }

    boolean isClosed() {
        return executor.isShutdown();
    }
}
