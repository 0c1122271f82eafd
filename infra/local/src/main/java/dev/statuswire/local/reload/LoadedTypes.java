package dev.statuswire.local.reload;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidTypeException;
import dev.statuswire.sdk.RequestType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of the request types of a folder. Its jars share a class loader of their own, whose
 * parent is the application's. The class loader reads copies of the jars, because overwriting an
 * open jar breaks the classes that are loaded from it later.
 */
final class LoadedTypes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedTypes.class);

    private static final String SERVICES = "META-INF/services/" + RequestType.class.getName();

    private final Path copies;
    private final URLClassLoader loader;
    private final List<Definition<?>> definitions;

    private LoadedTypes(Path copies, URLClassLoader loader, List<Definition<?>> definitions) {
        this.copies = copies;
        this.loader = loader;
        this.definitions = definitions;
    }

    /**
     * Loads the types of these jars. Runs code of the types' author.
     *
     * @param parent the application's class loader
     * @throws TypeLoadException if a jar is unreadable, or if the types cannot be loaded
     * @throws UncheckedIOException if the folder for the copies cannot be created
     */
    static LoadedTypes load(List<JarVersion> jars, ClassLoader parent) throws TypeLoadException {
        Path copies = newFolder();
        URLClassLoader loader = null;
        boolean isLoaded = false;
        try {
            loader = new URLClassLoader(copied(jars, copies), parent);
            var types = new LoadedTypes(copies, loader, definitions(loader));
            isLoaded = true;
            return types;
        } finally {
            if (!isLoaded) {
                close(loader, copies);
            }
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("statuswire-types-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static URL[] copied(List<JarVersion> jars, Path folder) throws TypeLoadException {
        var urls = new ArrayList<URL>();
        for (JarVersion jar : jars) {
            urls.add(copied(jar.path(), folder.resolve(urls.size() + ".jar")));
        }
        return urls.toArray(URL[]::new);
    }

    /** Copies a jar. The directory of a jar is at its end, so a half-written jar is unreadable. */
    private static URL copied(Path jar, Path copy) throws TypeLoadException {
        try {
            Files.copy(jar, copy);
            new ZipFile(copy.toFile()).close();
            return copy.toUri().toURL();
        } catch (IOException unreadable) {
            throw TypeLoadException.unreadable(jar, unreadable);
        }
    }

    private static List<Definition<?>> definitions(ClassLoader loader) throws TypeLoadException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            List<Definition<?>> definitions = defined(loader);
            if (definitions.isEmpty()) {
                throw TypeLoadException.of("no jar has a request type in " + SERVICES);
            }
            return definitions;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Returns the definitions of the types in the jars, without those of the application.
     *
     * @throws TypeLoadException if the code of their author fails in any way
     */
    private static List<Definition<?>> defined(ClassLoader loader) throws TypeLoadException {
        try {
            var found = new ArrayList<Definition<?>>();
            for (RequestType<?> type : ServiceLoader.load(RequestType.class, loader)) {
                if (loader.equals(type.getClass().getClassLoader())) {
                    found.add(defined(type));
                }
            }
            return List.copyOf(found);
        } catch (TypeLoadException failed) {
            throw failed;
        } catch (Throwable thrown) {
            throw TypeLoadException.of("", thrown);
        }
    }

    private static Definition<?> defined(RequestType<?> type) throws TypeLoadException {
        String method = type.getClass().getName() + ".define()";
        try {
            @Nullable Definition<?> definition = type.define();
            if (definition != null) {
                return definition;
            }
        } catch (InvalidTypeException invalid) {
            throw TypeLoadException.of(invalid);
        } catch (Throwable thrown) {
            throw TypeLoadException.of(method + " failed: ", thrown);
        }
        throw TypeLoadException.of(method + " returned null; return the definition");
    }

    /** Returns the definitions of the types, at least one. */
    List<Definition<?>> definitions() {
        return definitions;
    }

    /** Returns whether one of the types has this name. */
    boolean has(String type) {
        return definitions.stream().anyMatch(it -> it.name().equals(type));
    }

    /** Closes the class loader, and deletes the copies of the jars. */
    @Override
    public void close() {
        close(loader, copies);
    }

    private static void close(@Nullable URLClassLoader loader, Path copies) {
        try {
            if (loader != null) {
                loader.close();
            }
            delete(copies);
        } catch (IOException failed) {
            LOG.warn("could not delete the copied jars in {}; delete the folder", copies, failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
