package dev.statuswire.core.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks in parallel, each on its own thread: a virtual one, if this Java has them. */
public final class ParallelTasks {

    private ParallelTasks() {}

    /**
     * Runs tasks and waits for all of them.
     *
     * @return the results, in the order of the tasks
     * @throws IllegalStateException if a task threw, or if this thread was interrupted, in which
     *     case the tasks are interrupted as well
     */
    public static <T> List<T> all(Collection<? extends Callable<T>> tasks) {
        ExecutorService executor = newExecutor();
        try {
            var results = new ArrayList<T>(tasks.size());
            for (Future<T> done : executor.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tasks were running", stopping);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a task failed", failed.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /** This class is compiled for Java 17, which the test kit supports. */
    private static ExecutorService newExecutor() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException java17) {
            return Executors.newCachedThreadPool();
        }
    }
}
