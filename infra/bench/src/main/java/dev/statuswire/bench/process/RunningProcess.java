package dev.statuswire.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that the benchmarks start and stop. Callers can wait for lines of its standard output;
 * its standard error goes to a file. Not thread-safe.
 */
public final class RunningProcess implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(5);
    private static final Duration TO_STOP = Duration.ofSeconds(20);
    private static final String END_OF_OUTPUT = "\u0000";

    /** The last line of a class histogram: {@code Total <instances> <bytes>}. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private RunningProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /**
     * Starts a process.
     *
     * @throws UncheckedIOException if it cannot be started
     */
    public static RunningProcess start(
            Workspace workspace, List<String> command, Map<String, String> environment) {
        Path errors = workspace.newFolder("log").resolve("stderr.log");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        try {
            return new RunningProcess(builder.start(), errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the path of a command in the JDK that runs the benchmarks. */
    public static String jdk(String command) {
        return Path.of(System.getProperty("java.home"), "bin", command).toString();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException failed) {
            lines.add("could not read the output: " + failed);
        }
        lines.add(END_OF_OUTPUT);
    }

    /** Writes a line to the standard input. */
    void writeLine(String line) {
        var input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        input.println(line);
    }

    /**
     * Waits for a line that matches {@code pattern} and returns its first group.
     *
     * @throws IllegalStateException if the process ends first, or after 5 minutes
     */
    String await(Pattern pattern) throws InterruptedException {
        long deadline = System.nanoTime() + TO_START.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END_OF_OUTPUT)) {
                throw new IllegalStateException(
                        "the process printed no line that matches %s; its standard error:\n%s"
                                .formatted(pattern, errors()));
            }
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
    }

    private String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException failed) {
            return "could not read " + errors + ": " + failed;
        }
    }

    /**
     * Returns the bytes of all reachable objects of a JVM. {@code GC.class_histogram} collects
     * garbage first.
     */
    long liveHeapBytes() throws InterruptedException {
        String pid = Long.toString(process.pid());
        try {
            Process jcmd =
                    new ProcessBuilder(jdk("jcmd"), pid, "GC.class_histogram")
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
