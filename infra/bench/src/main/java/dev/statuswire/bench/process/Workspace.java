package dev.statuswire.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of the project, and a temporary folder that is deleted when the workspace is closed.
 * Thread-safe.
 *
 * @param root the folder of the project
 * @param temporary the temporary folder
 * @param types contains the jar with the benchmarks' request type, for the local runtime
 */
public record Workspace(Path root, Path temporary, Path types) implements AutoCloseable {

    /**
     * Creates the temporary folder.
     *
     * @param jar contains the benchmarks' request type
     */
    public static Workspace create(Path root, Path jar) {
        try {
            Path temporary = Files.createTempDirectory("statuswire-bench");
            Path types = Files.createDirectory(temporary.resolve("types"));
            Files.copy(jar, types.resolve("bench-type.jar"));
            return new Workspace(root, temporary, types);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Creates an empty folder. */
    public Path newFolder(String name) {
        try {
            return Files.createTempDirectory(temporary, name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deletes the temporary folder. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(temporary)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
