package dev.statuswire.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the test kit knows of a request beyond its item. Thread-safe. */
final class Journal {

    private final Map<String, List<Exception>> failures = new HashMap<>();
    private final Map<String, Integer> runs = new HashMap<>();
    private final List<TestRequest.Progress> progress = new ArrayList<>();
    private final boolean isOfSchedule;
    private @Nullable Throwable thrown;

    Journal() {
        this(false);
    }

    private Journal(boolean isOfSchedule) {
        this.isOfSchedule = isOfSchedule;
    }

    /**
     * Returns the journal of a schedule, which has only the failures that are still to come. There,
     * they belong to the numbers of failures before them, so that neither a crash nor an overtaken
     * process changes how many there are.
     */
    synchronized Journal ofSchedule() {
        var copy = new Journal(true);
        failures.forEach((step, next) -> copy.failures.put(step, List.copyOf(next)));
        return copy;
    }

    synchronized void failNext(String step, Exception failure) {
        failures.computeIfAbsent(step, key -> new ArrayList<>()).add(failure);
    }

    /** Returns whether a test has planned this failure. */
    synchronized boolean hasPlanned(Throwable failure) {
        return failures.values().stream().anyMatch(planned -> planned.contains(failure));
    }

    /**
     * Counts a run. Returns the exception to throw instead of running the step; empty to run it.
     *
     * @param failed how often the step has failed before
     */
    synchronized Optional<Exception> started(String step, int failed) {
        runs.merge(step, 1, Integer::sum);
        List<Exception> planned = failures.getOrDefault(step, List.of());
        if (isOfSchedule) {
            return planned.stream().skip(failed).findFirst();
        }
        return planned.isEmpty() ? Optional.empty() : Optional.of(planned.remove(0));
    }

    synchronized void threw(Throwable exception) {
        thrown = exception;
    }

    /** Returns what a step threw last; null if none has. */
    synchronized @Nullable Throwable thrown() {
        return thrown;
    }

    synchronized int runs(String step) {
        return runs.getOrDefault(step, 0);
    }

    synchronized void report(TestRequest.Progress report) {
        progress.add(report);
    }

    synchronized List<TestRequest.Progress> progress() {
        return List.copyOf(progress);
    }
}
