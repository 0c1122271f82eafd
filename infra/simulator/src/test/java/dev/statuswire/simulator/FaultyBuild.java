package dev.statuswire.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The project with one fault: a piece of its source is replaced, and the compiled result is loaded
 * instead of the original classes.
 *
 * @param fault what the faulty build does
 * @param seed where to start the search: a schedule that has detected the fault
 * @param source the file, relative to the project's folder
 * @param original the source text to replace, which occurs once
 * @param replacement the text that replaces it
 */
record FaultyBuild(String fault, long seed, Path source, String original, String replacement) {

    private static final Path PROJECT = Path.of("..", "..");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Shared by all builds, because it caches the contents of the libraries. */
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, null);

    /**
     * Compiles the build and runs its schedules until one of them breaks a guarantee.
     *
     * @param folder the folder for the compiled classes
     * @return the schedule that broke a guarantee; empty if none did
     */
    Optional<?> run(Path folder, long first, long count) throws Exception {
        compile(folder);
        return (Optional<?>)
                new Loader(folder)
                        .loadClass(ScheduleRunner.class.getName())
                        .getMethod("run", long.class, long.class)
                        .invoke(null, first, count);
    }

    private void compile(Path folder) throws IOException {
        String text = Files.readString(PROJECT.resolve(source));
        assertThat(text.split(Pattern.quote(original), -1))
                .as("%s contains this once: %s", source, original)
                .hasSize(2);
        Path changed = folder.resolve(source.getFileName());
        Files.writeString(changed, text.replace(original, replacement));
        var options = List.of("-proc:none", "-nowarn", "-parameters", "-d", folder.toString());
        var compiled =
                COMPILER.getTask(
                                null, FILES, null, options, null, FILES.getJavaFileObjects(changed))
                        .call();
        assertThat(compiled).as("the faulty build compiles").isTrue();
    }

    @Override
    public String toString() {
        return fault;
    }

    /** Loads the project's classes again, preferring the compiled ones; libraries are shared. */
    private static final class Loader extends ClassLoader {

        private final Path folder;

        private Loader(Path folder) {
            super(FaultyBuild.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.statuswire.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            Path changed = folder.resolve(file);
            try (InputStream original = getResourceAsStream(file)) {
                if (original == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code =
                        Files.exists(changed)
                                ? Files.readAllBytes(changed)
                                : original.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
