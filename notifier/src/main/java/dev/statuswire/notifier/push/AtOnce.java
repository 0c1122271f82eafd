package dev.statuswire.notifier.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at once, each on a virtual thread of its own. */
public final class AtOnce {

    private AtOnce() {}

    /**
     * What the tasks came up with, in their order, once the last of them is done.
     *
     * @throws IllegalStateException where one of them threw, or where this thread was interrupted:
     *     then they are interrupted as well
     */
    public static <T> List<T> all(Collection<? extends Callable<T>> tasks) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>(tasks.size());
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped at work; the batch comes again", stopping);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("failed; the batch comes again", failed.getCause());
        }
    }
}
