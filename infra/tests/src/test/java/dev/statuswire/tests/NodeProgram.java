package dev.statuswire.tests;

import dev.statuswire.core.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A Node.js program that uses the client module. */
public final class NodeProgram implements AutoCloseable {

    private static final List<String> FILES = List.of("statuswire.js", "package.json");

    private final Process process;
    private final Path output;

    private NodeProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Copies the built client module into {@code folder}, and returns the path of the module. */
    public static Path install(Path folder) throws IOException {
        Path vendored = Files.createDirectories(folder.resolve("statuswire"));
        for (String file : FILES) {
            Files.write(vendored.resolve(file), built(file));
        }
        return vendored.resolve(FILES.getFirst());
    }

    /** Returns the content of a file of the built client module. */
    static byte[] built(String file) throws IOException {
        String path = "statuswire/web/client/" + file;
        try (InputStream in = NodeProgram.class.getClassLoader().getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        }
    }

    /** Runs a script; its output, including errors, is written to a file in {@code folder}. */
    static NodeProgram start(Path folder, Path script, Map<String, String> environment)
            throws IOException {
        return start(folder, environment, List.of("node", script.toString()));
    }

    /** Runs a command; its output, including errors, is written to a file in {@code folder}. */
    static NodeProgram start(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        Path output = Files.createTempFile(folder, "node", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new NodeProgram(builder.start(), output);
    }

    /** Waits until the program has printed a line that starts with {@code beginning}. */
    void awaitLine(String beginning) {
        Await.get(
                "a line with " + beginning,
                () -> printed().stream().filter(it -> it.startsWith(beginning)).findFirst());
    }

    List<String> printed() throws IOException {
        return Files.readAllLines(output);
    }

    /**
     * Waits until the program has ended, and returns its output; fails unless its exit code is 0.
     */
    List<String> awaitEnd() throws IOException {
        Await.get(
                "the end of the program",
                () -> process.isAlive() ? Optional.empty() : Optional.of(process.exitValue()));
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "the program exited with code " + process.exitValue() + ": " + printed());
        }
        return printed();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
