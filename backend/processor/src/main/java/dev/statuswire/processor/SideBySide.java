package dev.statuswire.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks side by side, a virtual thread each. */
final class SideBySide {

    private SideBySide() {}

    /**
     * The results, in the order of the tasks, once all are done.
     *
     * @throws IllegalStateException where a task threw, or this thread was interrupted
     */
    static <T> List<T> results(List<Callable<T>> tasks) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>(tasks.size());
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while work was under way", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("work side by side failed", failed.getCause());
        }
    }
}
