package dev.statuswire.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output is written to files. */
public record ChildProcess(Process process, Path outputFile, Path errorFile) {

    /**
     * Starts a command; its output is written to files in {@code folder}.
     *
     * @param environment variables in addition to those of this process
     */
    public static ChildProcess start(
            Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "out", ".txt");
            Path errors = Files.createTempFile(folder, "err", ".txt");
            var builder =
                    new ProcessBuilder(command)
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new ChildProcess(builder.start(), output, errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the path of a command of the JDK that runs this process. */
    public static String jdk(String command) {
        return Path.of(System.getProperty("java.home"), "bin", command).toString();
    }

    /**
     * Waits until the process has printed a match, and returns its first group; fails if the
     * process ends first.
     */
    public String await(Pattern printed) {
        return Await.get(
                "output that matches " + printed,
                () -> {
                    boolean ended = !process.isAlive();
                    Matcher found = printed.matcher(output());
                    if (found.find()) {
                        return Optional.of(found.group(1));
                    }
                    if (ended) {
                        throw new AssertionError(
                                "exited with code " + process.exitValue() + ": " + errors());
                    }
                    return Optional.empty();
                });
    }

    /** Returns the standard output so far. */
    public String output() throws IOException {
        return Files.readString(outputFile);
    }

    /** Returns the standard error so far. */
    public String errors() throws IOException {
        return Files.readString(errorFile);
    }
}
