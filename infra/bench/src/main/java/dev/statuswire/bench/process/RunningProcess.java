package dev.statuswire.bench.process;

import dev.statuswire.core.testing.ChildProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that the benchmarks start and stop. Not thread-safe. */
public final class RunningProcess implements AutoCloseable {

    private static final Duration TO_STOP = Duration.ofSeconds(20);

    /** The last line of a class histogram: {@code Total <instances> <bytes>}. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final ChildProcess child;
    private final Process process;

    private RunningProcess(ChildProcess child) {
        this.child = child;
        this.process = child.process();
    }

    /** Starts a process. */
    public static RunningProcess start(
            Workspace workspace, List<String> command, Map<String, String> environment) {
        return new RunningProcess(
                ChildProcess.start(workspace.newFolder("log"), environment, command));
    }

    /** Writes a line to the standard input. */
    void writeLine(String line) {
        var input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        input.println(line);
    }

    /** Waits until the process has printed a match, and returns its first group. */
    String await(Pattern printed) {
        return child.await(printed);
    }

    /**
     * Returns the bytes of all reachable objects of a JVM. {@code GC.class_histogram} collects
     * garbage first.
     */
    long liveHeapBytes() throws InterruptedException {
        String pid = Long.toString(process.pid());
        try {
            Process jcmd =
                    new ProcessBuilder(ChildProcess.jdk("jcmd"), pid, "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            var output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            Matcher total = TOTAL.matcher(output);
            if (!total.find()) {
                throw new IllegalStateException("jcmd printed no total: " + output);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops the process; kills it after 20 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
