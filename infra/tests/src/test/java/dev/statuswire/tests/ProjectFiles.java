package dev.statuswire.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the project, for tests of them. Tests run in the folder of their module. */
final class ProjectFiles {

    static final Path ROOT = Path.of("../..");

    /** The names of the folders that a build, a run or Git writes. */
    private static final Set<String> WRITTEN =
            Set.of(".git", "target", "node_modules", "dist", "data");

    private ProjectFiles() {}

    /** Returns the text of a file. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns {@code folder} and everything in it, down to {@code depth} levels. */
    static List<Path> walk(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Copies the project, without what builds and runs have written, to a folder that does not
     * exist.
     */
    static Path copyOfTheProject(Path copy) throws IOException {
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        if (WRITTEN.contains(String.valueOf(folder.getFileName()))) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(copy.resolve(ROOT.relativize(folder)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(
                                file,
                                copy.resolve(ROOT.relativize(file)),
                                StandardCopyOption.COPY_ATTRIBUTES);
                        return FileVisitResult.CONTINUE;
                    }
                });
        return copy;
    }

    /** Returns the folders of the Java modules. */
    static Stream<Path> modules() {
        return Stream.of(
                        walk(ROOT.resolve("backend"), 1),
                        walk(ROOT.resolve("infra"), 1),
                        List.of(ROOT.resolve("notifier")))
                .flatMap(List::stream);
    }

    /** Returns the Java files below {@code folder} of each module that has this folder. */
    static Stream<Path> sources(Stream<Path> modules, String folder) {
        return modules.map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(sources -> walk(sources, Integer.MAX_VALUE).stream())
                .filter(file -> file.toString().endsWith(".java"));
    }
}
