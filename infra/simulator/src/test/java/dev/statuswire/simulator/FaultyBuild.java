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
 * The project with one mistake in it: a line of its source is replaced, and what is compiled of it
 * is loaded in place of the right classes.
 *
 * @param mistake what is wrong with it
 * @param seed where to look first: a schedule that caught it
 * @param source the file, from the project's folder
 * @param right what stands there, once
 * @param wrong what stands there instead
 */
record FaultyBuild(String mistake, long seed, Path source, String right, String wrong) {

    private static final Path PROJECT = Path.of("..", "..");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all builds: it remembers what is in the libraries. */
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, null);

    /**
     * Compiles it and runs its schedules until one of them breaks a guarantee.
     *
     * @param folder for the classes
     * @return the schedule that is broken, or empty if none is
     */
    Optional<?> run(Path folder, long first, long count) throws Exception {
        compile(folder);
        return (Optional<?>)
                new Loader(folder)
                        .loadClass(Schedules.class.getName())
                        .getMethod("run", long.class, long.class)
                        .invoke(null, first, count);
    }

    private void compile(Path folder) throws IOException {
        String text = Files.readString(PROJECT.resolve(source));
        assertThat(text.split(Pattern.quote(right), -1))
                .as("%s has this once: %s", source, right)
                .hasSize(2);
        Path changed = folder.resolve(source.getFileName());
        Files.writeString(changed, text.replace(right, wrong));
        var options = List.of("-proc:none", "-nowarn", "-parameters", "-d", folder.toString());
        var compiled =
                COMPILER.getTask(
                                null, FILES, null, options, null, FILES.getJavaFileObjects(changed))
                        .call();
        assertThat(compiled).as("it compiles").isTrue();
    }

    @Override
    public String toString() {
        return mistake;
    }

    /** Loads the project's classes anew, the compiled ones first; libraries are shared. */
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
            try (InputStream right = getResourceAsStream(file)) {
                if (right == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code =
                        Files.exists(changed) ? Files.readAllBytes(changed) : right.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
