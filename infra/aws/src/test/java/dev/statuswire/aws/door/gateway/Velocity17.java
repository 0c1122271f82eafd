package dev.statuswire.aws.door.gateway;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs mapping templates on Velocity 1.7. Its classes have the names of those of Velocity 2, so a
 * class loader of their own loads them, from jars that the build copies. Thread-safe.
 */
final class Velocity17 {

    private static final Path JARS = Path.of("target/velocity-1.7");

    static final Velocity17 INSTANCE = new Velocity17();

    private final ClassLoader loader =
            new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
    private final Constructor<?> newContext;
    private final Method evaluate;
    private final Object engine;

    private Velocity17() {
        try {
            Class<?> engineClass = loader.loadClass("org.apache.velocity.app.VelocityEngine");
            Class<?> context = loader.loadClass("org.apache.velocity.context.Context");
            engine = engineClass.getConstructor().newInstance();
            set("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
            set(
                    "runtime.introspector.uberspect",
                    "org.apache.velocity.util.introspection.SecureUberspector");
            newContext =
                    loader.loadClass("org.apache.velocity.VelocityContext")
                            .getConstructor(Map.class);
            evaluate =
                    engineClass.getMethod(
                            "evaluate", context, Writer.class, String.class, String.class);
            withItsClasses(() -> engineClass.getMethod("init").invoke(engine));
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static URL[] jars() {
        try (var files = Files.list(JARS)) {
            return files.map(Velocity17::url).toArray(URL[]::new);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void set(String property, Object value) throws ReflectiveOperationException {
        engine.getClass()
                .getMethod("setProperty", String.class, Object.class)
                .invoke(engine, property, value);
    }

    String run(String template, Map<String, Object> variables) {
        var written = new StringWriter();
        try {
            Object context = newContext.newInstance(variables);
            withItsClasses(() -> evaluate.invoke(engine, context, written, "template", template));
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
        return written.toString();
    }

    /** Velocity loads its parts by the context class loader of the thread. */
    private void withItsClasses(Call call) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            call.run();
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(failed.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private interface Call {
        void run() throws ReflectiveOperationException;
    }
}
