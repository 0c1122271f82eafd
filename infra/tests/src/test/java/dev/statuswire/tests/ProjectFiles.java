package dev.statuswire.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project, for tests of them. Tests run in the folder of their module. */
final class ProjectFiles {

    static final Path ROOT = Path.of("../..");

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
