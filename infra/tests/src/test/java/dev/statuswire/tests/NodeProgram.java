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

/** A program in Node, as somebody has it who uses the client module there. */
final class NodeProgram implements AutoCloseable {

    private static final List<String> FILES = List.of("statuswire.js", "package.json");

    private final Process process;
    private final Path output;

    private NodeProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Puts the client module, as it is built, into {@code folder}; where it is then. */
    static Path install(Path folder) throws IOException {
        Path vendored = Files.createDirectories(folder.resolve("statuswire"));
        for (String file : FILES) {
            Files.write(vendored.resolve(file), built(file));
        }
        return vendored.resolve(FILES.getFirst());
    }

    /** What is built of the client module, by the name of its file. */
    static byte[] built(String file) throws IOException {
        String path = "statuswire/web/client/" + file;
        try (InputStream in = NodeProgram.class.getClassLoader().getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        }
    }

    /** Runs a script; what it prints goes to a file in {@code folder}, errors included. */
    static NodeProgram start(Path folder, Path script, Map<String, String> environment)
            throws IOException {
        return start(folder, environment, List.of("node", script.toString()));
    }

    /** Runs a command of Node's. */
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

    /** Waits until it has printed a line that begins so. */
    void awaitLine(String beginning) {
        Await.get(
                "a line with " + beginning,
                () -> printed().stream().filter(it -> it.startsWith(beginning)).findFirst());
    }

    List<String> printed() throws IOException {
        return Files.readAllLines(output);
    }

    /** What it printed, once it has ended by itself, and well. */
    List<String> awaitEnd() throws IOException {
        Await.get(
                "the end of Node",
                () -> process.isAlive() ? Optional.empty() : Optional.of(process.exitValue()));
        if (process.exitValue() != 0) {
            throw new AssertionError("it ended with " + process.exitValue() + ": " + printed());
        }
        return printed();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
