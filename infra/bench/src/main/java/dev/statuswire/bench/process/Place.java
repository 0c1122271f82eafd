package dev.statuswire.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where the bench works: the project's folder, and one of its own that is deleted at the end.
 * Thread-safe.
 *
 * @param root the project's folder
 * @param temporary the bench's own
 * @param types jars of request types for the local runtime: the bench's
 */
public record Place(Path root, Path temporary, Path types) implements AutoCloseable {

    /**
     * Makes one.
     *
     * @param jar with the bench's request type
     * @throws UncheckedIOException where the disk does not take it
     */
    public static Place make(Path root, Path jar) {
        try {
            Path temporary = Files.createTempDirectory("statuswire-bench");
            Path types = Files.createDirectory(temporary.resolve("types"));
            Files.copy(jar, types.resolve("bench-type.jar"), StandardCopyOption.REPLACE_EXISTING);
            return new Place(root, temporary, types);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A new folder with nothing in it. */
    public Path newFolder(String name) {
        try {
            return Files.createTempDirectory(temporary, name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A new file with nothing in it. */
    Path newLog(String name) {
        try {
            return Files.createTempFile(temporary, name, ".log");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deletes what is temporary. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(temporary, new Deleting());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
