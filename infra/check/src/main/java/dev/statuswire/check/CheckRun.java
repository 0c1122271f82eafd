package dev.statuswire.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs checks one after the other, within a limit for all of them together. */
final class CheckRun {

    private final Duration limit;
    private final Consumer<Report.Line> lines;

    /**
     * @param limit for all checks together
     * @param lines gets each line as soon as its check has ended
     */
    CheckRun(Duration limit, Consumer<Report.Line> lines) {
        this.limit = limit;
        this.lines = lines;
    }

    /** Runs them all. */
    Report run(List<Check> checks) throws InterruptedException {
        long start = System.nanoTime();
        var done = new ArrayList<Report.Line>();
        var passed = new HashSet<String>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Check check : checks) {
                Report.Line line = line(check, passed, threads, start);
                if (line.result() == Report.Result.OK) {
                    passed.add(check.name());
                }
                done.add(line);
                lines.accept(line);
            }
        } finally {
            threads.shutdownNow();
        }
        return new Report(done, millisSince(start));
    }

    private Report.Line line(
            Check check, Set<String> passed, ExecutorService threads, long allStarted)
            throws InterruptedException {
        for (String needed : check.needs()) {
            if (!passed.contains(needed)) {
                return new Report.Line(
                        Report.Result.SKIPPED, check.name(), "\"" + needed + "\" did not pass");
            }
        }
        long started = System.nanoTime();
        long left = limit.toNanos() - (started - allStarted);
        if (left <= 0) {
            return new Report.Line(
                    Report.Result.FAILED,
                    check.name(),
                    "not run: the " + limit.toSeconds() + " s for all checks are over");
        }
        Future<String> coming = threads.submit(check.body()::run);
        try {
            String seen = coming.get(left, TimeUnit.NANOSECONDS);
            return new Report.Line(
                    Report.Result.OK, check.name(), seen + " (" + millisSince(started) + " ms)");
        } catch (ExecutionException failed) {
            return failed(check.name(), Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (TimeoutException late) {
            coming.cancel(true);
            return new Report.Line(
                    Report.Result.FAILED,
                    check.name(),
                    "expected an end within the "
                            + limit.toSeconds()
                            + " s for all checks; it was still running after "
                            + millisSince(started)
                            + " ms");
        }
    }

    private static Report.Line failed(String name, Throwable failure) {
        return switch (failure) {
            case CheckFailedException failed -> line(Report.Result.FAILED, name, failed);
            case CheckSkippedException skipped -> line(Report.Result.SKIPPED, name, skipped);
            case NeededException needed -> line(Report.Result.NEEDED, name, needed);
            default ->
                    new Report.Line(Report.Result.FAILED, name, "could not be checked: " + failure);
        };
    }

    private static Report.Line line(Report.Result result, String name, RuntimeException reason) {
        return new Report.Line(result, name, String.valueOf(reason.getMessage()));
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
