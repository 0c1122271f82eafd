package dev.statuswire.local.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A jar, and what shows that it has changed.
 *
 * @param fileKey differs if another file has replaced this one; null if the file system has no keys
 */
record JarVersion(Path path, long bytes, FileTime modified, @Nullable Object fileKey) {

    /** Reads the version of a jar; empty if the file no longer exists. */
    static Optional<JarVersion> of(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(
                    new JarVersion(
                            path,
                            attributes.size(),
                            attributes.lastModifiedTime(),
                            attributes.fileKey()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
