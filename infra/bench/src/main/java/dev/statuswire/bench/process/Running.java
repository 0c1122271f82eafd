package dev.statuswire.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
 * A process that this one started, and ends. What it says on its standard output can be waited for;
 * its errors go to a file. Used by one thread.
 */
final class Running implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(5);
    private static final Duration TO_END = Duration.ofSeconds(20);
    private static final String ENDED = "\u0000ended";

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final PrintStream input;

    private Running(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::read);
    }

    /**
     * Starts it.
     *
     * @param errors where its standard error goes
     * @throws UncheckedIOException where it cannot be started
     */
    static Running start(List<String> command, Map<String, String> environment, Path errors) {
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        try {
            return new Running(builder.start(), errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void read() {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException gone) {
            lines.add("its output ended: " + gone);
        }
        lines.add(ENDED);
    }

    long pid() {
        return process.pid();
    }

    /** Writes a line to its standard input. */
    void say(String line) {
        input.println(line);
    }

    /**
     * Waits for a line that has {@code pattern} in it; its first group.
     *
     * @throws IllegalStateException where it ends, or says nothing like it for 5 minutes
     */
    String await(Pattern pattern) throws InterruptedException {
        long deadline = System.nanoTime() + TO_START.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(ENDED)) {
                throw new IllegalStateException(
                        (line == null ? "it does not say " : "it ended before it said ")
                                + pattern
                                + "\n"
                                + errors());
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
        } catch (IOException unreadable) {
            return errors + " cannot be read: " + unreadable;
        }
    }

    /** Ends it, politely first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
