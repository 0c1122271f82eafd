package dev.statuswire.testkit;

import java.net.URI;
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
    private final List<URI> links = new ArrayList<>();
    private final Map<String, Optional<String>> answers = new HashMap<>();
    private final Map<String, Throwable> thrownBy = new HashMap<>();
    private final boolean isOfSchedule;
    private @Nullable Throwable thrown;
    private @Nullable String unknownAnswer;

    Journal() {
        this(false);
    }

    private Journal(boolean isOfSchedule) {
        this.isOfSchedule = isOfSchedule;
    }

    /** Returns the name under which the undo of a step is recorded: as in its effect key. */
    static String undoOf(String step) {
        return step + "/undo";
    }

    /**
     * Returns the journal of a schedule, which has the answers of the request, and only the
     * failures that are still to come. There, they belong to the numbers of failures before them,
     * so that neither a crash nor an overtaken process changes how many there are.
     */
    synchronized Journal ofSchedule() {
        var copy = new Journal(true);
        failures.forEach((step, next) -> copy.failures.put(step, List.copyOf(next)));
        copy.answers.putAll(answers);
        return copy;
    }

    /** Returns the journal of another request, which gets the same answers. */
    synchronized Journal ofOther() {
        var copy = new Journal(true);
        copy.answers.putAll(answers);
        return copy;
    }

    /** The request was given an answer to a step. */
    synchronized void answered(String step, String answer) {
        answers.put(step, Optional.of(answer));
    }

    /** The request got no answer to a step in time. */
    synchronized void unanswered(String step) {
        answers.put(step, Optional.empty());
    }

    /** Returns the answer to a step that waits for one; empty to let the time run out. */
    synchronized Optional<String> answerTo(String step) {
        if (!answers.containsKey(step)) {
            unknownAnswer = step;
        }
        return answers.getOrDefault(step, Optional.empty());
    }

    /** Returns the step that waited although it is not known whether it gets an answer. */
    synchronized Optional<String> unknownAnswer() {
        return Optional.ofNullable(unknownAnswer);
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

    synchronized void threw(String step, Throwable exception) {
        thrown = exception;
        thrownBy.put(step, exception);
    }

    /** Returns what a step threw last. */
    synchronized Optional<Throwable> thrown(String step) {
        return Optional.ofNullable(thrownBy.get(step));
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

    /** A step has created a link. Its secret is not stored elsewhere. */
    synchronized void linked(URI link) {
        links.add(link);
    }

    synchronized List<URI> links() {
        return List.copyOf(links);
    }

    synchronized List<TestRequest.Progress> progress() {
        return List.copyOf(progress);
    }
}
