package dev.statuswire.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.sdk.RequestType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A jar with request types that are compiled from source in a test, as their author's build does.
 * Immutable.
 */
public final class TypeJar {

    private final Map<String, byte[]> entries;

    private TypeJar(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /**
     * Compiles a type, and lists it as a service.
     *
     * @param name the name of the class, without a package
     * @param source of the class; the packages of the SDK and of Jackson's tree are imported
     * @param used other classes that the source uses, such as those of a test
     */
    public static TypeJar of(String name, String source, Class<?>... used) {
        return library(name, source, used)
                .with("META-INF/services/" + RequestType.class.getName(), name);
    }

    /** Compiles a class that is not a type. */
    public static TypeJar library(String name, String source, Class<?>... used) {
        String imports =
                "import dev.statuswire.sdk.*; import com.fasterxml.jackson.databind.JsonNode; ";
        return new TypeJar(compiled(name, imports + source, used));
    }

    /**
     * Returns a type with one step {@code greet}, whose input has one text.
     *
     * @param type the name of the type
     * @param field the name of the text
     * @param title of the type
     */
    public static TypeJar greet(String type, String field, String title) {
        return of("Greet", greetSource(type, field, title));
    }

    /** Returns the source of {@link #greet}. */
    public static String greetSource(String type, String field, String title) {
        return """
        public final class Greet implements RequestType<Greet.Person> {
            public record Person(String %2$s) {}
            public record Greeting(String text) {}
            public Definition<Person> define() {
                return Definition.of("%1$s", Person.class)
                        .title("%3$s")
                        .example(new Person("Ada"))
                        .step("greet", Greeting.class,
                                c -> new Greeting("%3$s, " + c.input().%2$s()))
                        .build();
            }
        }
        """
                .formatted(type, field, title);
    }

    /** Returns this jar with another entry. */
    public TypeJar with(String entry, String content) {
        var more = new LinkedHashMap<>(entries);
        more.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return new TypeJar(more);
    }

    /** Returns this jar without one of its entries. */
    public TypeJar without(String entry) {
        var fewer = new LinkedHashMap<>(entries);
        fewer.remove(entry);
        return new TypeJar(fewer);
    }

    /** Returns the content of the jar. */
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes the jar into a file, which is overwritten. */
    public void writeTo(Path file) {
        try {
            Files.write(file, bytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, byte[]> compiled(String name, String source, Class<?>... used) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var classes = new LinkedHashMap<String, ByteArrayOutputStream>();
        try (var standard = compiler.getStandardFileManager(problems, null, null);
                var files = new InMemory(standard, classes)) {
            boolean isCompiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    problems,
                                    List.of("-proc:none", "-parameters", "-cp", classPath(used)),
                                    null,
                                    List.of(new Source(name, source)))
                            .call();
            if (!isCompiled) {
                throw new IllegalArgumentException(problems.getDiagnostics().toString());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var entries = new LinkedHashMap<String, byte[]>();
        classes.forEach((entry, bytes) -> entries.put(entry, bytes.toByteArray()));
        return entries;
    }

    /** Does not read the JVM's class path, which Surefire hides in a manifest. */
    private static String classPath(Class<?>... used) {
        var classes = new ArrayList<Class<?>>(List.of(used));
        classes.add(RequestType.class);
        classes.add(JsonNode.class);
        return classes.stream().map(TypeJar::location).collect(Collectors.joining(":"));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps the compiled classes in memory. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {

        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String name,
                JavaFileObject.Kind kind,
                FileObject sibling) {
            String entry = name.replace('.', '/') + kind.extension;
            return new SimpleJavaFileObject(URI.create("memory:///" + entry), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    classes.put(entry, bytes);
                    return bytes;
                }
            };
        }
    }
}
