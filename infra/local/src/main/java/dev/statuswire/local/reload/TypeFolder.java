package dev.statuswire.local.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder with request types: a folder of jars, or a Maven project, whose jars are in its folder
 * {@code target}.
 *
 * @param path as the user wrote it
 */
record TypeFolder(Path path) {

    /** The jars of a project without compiled classes of its own, or with a part of another jar. */
    private static final Pattern NOT_LOADED =
            Pattern.compile(
                    "original-.*|.*-(sources|javadoc|tests|test-sources|test-javadoc)\\.jar");

    private static final Comparator<JarVersion> NEWEST_FIRST =
            Comparator.comparing(JarVersion::modified).reversed().thenComparing(JarVersion::path);

    /**
     * Checks that the folder exists.
     *
     * @throws IllegalArgumentException if it does not
     */
    void requireExists() {
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    "--types "
                            + path
                            + " is not a folder; pass a folder of jars or a Maven project");
        }
    }

    /** Returns whether the folder is a Maven project. */
    boolean isProject() {
        return Files.exists(path.resolve("pom.xml"));
    }

    /**
     * Returns the jars that exist now, newest first, because a build may leave the jar of an older
     * version of the project. Empty if the folder does not exist.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    List<JarVersion> jars() {
        boolean isProject = isProject();
        var found = new ArrayList<JarVersion>();
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(isProject ? path.resolve("target") : path, "*.jar")) {
            for (Path jar : jars) {
                if (!isProject || !NOT_LOADED.matcher(name(jar)).matches()) {
                    JarVersion.of(jar).ifPresent(found::add);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (DirectoryIteratorException failed) {
            throw new UncheckedIOException(failed.getCause());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return found.stream().sorted(NEWEST_FIRST).toList();
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    /** Returns the name of the folder, without those that contain it. */
    String name() {
        return name(path.toAbsolutePath().normalize());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
