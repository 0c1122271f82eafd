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

/** Runs checks one after the other, within a time limit for all of them together. */
final class CheckRun {

    private final Duration limit;
    private final Consumer<CheckReport.ReportLine> lines;

    /**
     * @param limit the time limit for all checks together
     * @param lines receives each line as soon as its check has finished
     */
    CheckRun(Duration limit, Consumer<CheckReport.ReportLine> lines) {
        this.limit = limit;
        this.lines = lines;
    }

    /** Runs all checks. */
    CheckReport run(List<Check> checks) throws InterruptedException {
        long start = System.nanoTime();
        var done = new ArrayList<CheckReport.ReportLine>();
        var passed = new HashSet<String>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Check check : checks) {
                CheckReport.ReportLine line = line(check, passed, threads, start);
                if (line.result() == CheckReport.CheckResult.OK) {
                    passed.add(check.name());
                }
                done.add(line);
                lines.accept(line);
            }
        } finally {
            threads.shutdownNow();
        }
        return new CheckReport(done, millisSince(start));
    }

    private CheckReport.ReportLine line(
            Check check, Set<String> passed, ExecutorService threads, long allStarted)
            throws InterruptedException {
        for (String needed : check.needs()) {
            if (!passed.contains(needed)) {
                return new CheckReport.ReportLine(
                        CheckReport.CheckResult.SKIPPED,
                        check.name(),
                        "\"" + needed + "\" did not pass");
            }
        }
        long started = System.nanoTime();
        long left = limit.toNanos() - (started - allStarted);
        if (left <= 0) {
            return new CheckReport.ReportLine(
                    CheckReport.CheckResult.FAILED,
                    check.name(),
                    "not run: the time limit of "
                            + limit.toSeconds()
                            + " s for all checks is exceeded");
        }
        Future<String> coming = threads.submit(check.body()::run);
        try {
            String seen = coming.get(left, TimeUnit.NANOSECONDS);
            return new CheckReport.ReportLine(
                    CheckReport.CheckResult.OK,
                    check.name(),
                    seen + " (" + millisSince(started) + " ms)");
        } catch (ExecutionException failed) {
            return failed(check.name(), Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (TimeoutException late) {
            coming.cancel(true);
            return new CheckReport.ReportLine(
                    CheckReport.CheckResult.FAILED,
                    check.name(),
                    "did not finish within the time limit of "
                            + limit.toSeconds()
                            + " s for all checks; still running after "
                            + millisSince(started)
                            + " ms");
        }
    }

    private static CheckReport.ReportLine failed(String name, Throwable failure) {
        return switch (failure) {
            case CheckFailedException failed -> line(CheckReport.CheckResult.FAILED, name, failed);
            case CheckSkippedException skipped ->
                    line(CheckReport.CheckResult.SKIPPED, name, skipped);
            case MissingSettingException needed ->
                    line(CheckReport.CheckResult.NEEDED, name, needed);
            default ->
                    new CheckReport.ReportLine(
                            CheckReport.CheckResult.FAILED,
                            name,
                            "could not be checked: " + failure);
        };
    }

    private static CheckReport.ReportLine line(
            CheckReport.CheckResult result, String name, RuntimeException reason) {
        return new CheckReport.ReportLine(result, name, String.valueOf(reason.getMessage()));
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
