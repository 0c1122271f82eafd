import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs a class path into a zip in the layout that Lambda's Java runtime expects: classes at the
 * root, jars in a folder. The entries of the jars are stored uncompressed: the zip then compresses
 * each jar as a whole, which makes it a third smaller, and the function's JVM does not have to
 * inflate anything when it starts. The same class path always results in the same bytes.
 *
 * <p>Usage, on Java 17 or later: {@code java LambdaZip.java <zip> <folder of jars> <class path>}
 */
public class LambdaZip {

    public static void main(String[] arguments) throws IOException {
        Path zip = Path.of(arguments[0]);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            var jars = new HashSet<String>();
            for (String element : arguments[2].split(File.pathSeparator)) {
                add(Path.of(element), arguments[1], jars, out);
            }
        }
    }

    /** Jars of different folders may have the same name, so all but the first get a prefix. */
    private static void add(
            Path element, String folderOfJars, Set<String> jars, ZipOutputStream out)
            throws IOException {
        if (Files.isDirectory(element)) {
            for (Path file : files(element)) {
                String name = element.relativize(file).toString().replace(File.separatorChar, '/');
                write(name, Files.readAllBytes(file), out);
            }
        } else {
            String jar = element.getFileName().toString();
            for (int number = 2; !jars.add(jar); number++) {
                jar = number + "-" + element.getFileName();
            }
            write(folderOfJars + "/" + jar, uncompressed(element), out);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] uncompressed(Path jar) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(bytes)) {
            to.setMethod(ZipOutputStream.STORED);
            for (ZipEntry entry : from.stream().filter(it -> !it.isDirectory()).toList()) {
                try (InputStream content = from.getInputStream(entry)) {
                    write(entry.getName(), content.readAllBytes(), to);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void write(String name, byte[] content, ZipOutputStream out) throws IOException {
        var entry = new ZipEntry(name);
        var crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
