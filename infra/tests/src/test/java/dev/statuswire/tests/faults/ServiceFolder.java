package dev.statuswire.tests.faults;

import dev.statuswire.sdk.RequestType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A folder that adds request types of a test to the class path, so that no other test finds them.
 */
public final class ServiceFolder {

    private ServiceFolder() {}

    /** Creates such a folder below {@code folder}. */
    public static Path in(Path folder, List<Class<? extends RequestType<?>>> types) {
        Path created = folder.resolve("types");
        Path services = created.resolve("META-INF/services");
        try {
            Files.createDirectories(services);
            Files.writeString(
                    services.resolve(RequestType.class.getName()),
                    types.stream().map(Class::getName).collect(Collectors.joining("\n")));
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        }
        return created;
    }

    /**
     * Runs {@code start} with the folder on the class path of the current thread, and returns the
     * result.
     */
    public static <T> T with(Path folder, Supplier<T> start) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return start.get();
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
