package dev.statuswire.tests.faults;

import dev.statuswire.core.type.RequestType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A folder that, on a class path, adds request types of the tests to those that are found: so that
 * no other test meets them.
 */
public final class ServiceFolder {

    private ServiceFolder() {}

    /** Makes it below {@code folder}. */
    public static Path in(Path folder, List<Class<? extends RequestType>> types) {
        Path made = folder.resolve("types");
        Path services = made.resolve("META-INF/services");
        try {
            Files.createDirectories(services);
            Files.writeString(
                    services.resolve(RequestType.class.getName()),
                    types.stream().map(Class::getName).collect(Collectors.joining("\n")));
        } catch (IOException failed) {
            throw FaultProxy.unchecked(failed);
        }
        return made;
    }

    /** What {@code start} makes with the folder on the class path of this very thread. */
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
