package dev.statuswire.bench.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function's code, unpacked, in the two forms that Lambda knows.
 *
 * @param task the folder that a zip is unpacked in, from which the runtime interface client loads
 *     the handler: classes, and jars in {@code lib}
 * @param image the folder of an image of one's own: all of it is jars, for the class path of the
 *     JVM
 */
record FunctionCode(Path task, Path image) {

    private static final String LIBRARIES = "lib/";

    /** Lambda's place for it, /opt/java/lib, is read by the same class loader right after. */
    private static final String LAYER = "java/";

    /**
     * Unpacks {@code zip} into {@code folder}.
     *
     * @param layers zips that Lambda puts beside it
     * @param jars more that a layer of one's own would bring
     * @throws UncheckedIOException where the disk does not take it
     */
    static FunctionCode unpack(Path zip, List<Path> layers, List<Path> jars, Path folder) {
        var code = new FunctionCode(folder.resolve("task"), folder.resolve("image"));
        try {
            Files.createDirectories(code.task.resolve(LIBRARIES));
            Files.createDirectories(code.image);
            try (var classes = new JarOutputStream(code.newJar("0-classes.jar"))) {
                code.unpack(zip, "", classes);
                for (Path layer : layers) {
                    code.unpack(layer, LAYER, classes);
                }
                for (Path jar : jars) {
                    code.add(LIBRARIES + jar.getFileName(), Files.newInputStream(jar), classes);
                }
            }
            return code;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private OutputStream newJar(String name) throws IOException {
        return Files.newOutputStream(image.resolve(name));
    }

    private void unpack(Path zip, String prefix, JarOutputStream classes) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().filter(it -> !it.isDirectory()).toList()) {
                String name = entry.getName().substring(prefix.length());
                add(name, file.getInputStream(entry), classes);
            }
        }
    }

    private void add(String name, InputStream content, JarOutputStream classes) throws IOException {
        Path inTask = task.resolve(name);
        Files.createDirectories(inTask.getParent());
        try (content) {
            Files.copy(content, inTask);
        }
        if (name.startsWith(LIBRARIES)) {
            Files.createLink(image.resolve(name.substring(LIBRARIES.length())), inTask);
        } else {
            classes.putNextEntry(new JarEntry(name));
            Files.copy(inTask, classes);
            classes.closeEntry();
        }
    }

    /** The jars of the image, the function's own classes first. */
    List<Path> jars() {
        try (Stream<Path> files = Files.list(image)) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
