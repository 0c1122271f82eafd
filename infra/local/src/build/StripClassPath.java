import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Removes {@code Class-Path} from the manifest of the copy of DynamoDB Local's jar in the folder
 * that is the argument. The entry names the current folder, and the JVM's AOT cache does not
 * support a class path that contains folders. Runs from source, on Java 17 or later.
 */
public class StripClassPath {

    public static void main(String[] arguments) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Path.of(arguments[0]), "DynamoDBLocal-*.jar")) {
            for (Path jar : jars) {
                strip(jar);
            }
        }
    }

    private static void strip(Path jar) throws IOException {
        URI uri = URI.create("jar:" + jar.toUri());
        try (FileSystem inside = FileSystems.newFileSystem(uri, Map.of())) {
            Path file = inside.getPath("META-INF/MANIFEST.MF");
            Manifest manifest;
            try (var in = Files.newInputStream(file)) {
                manifest = new Manifest(in);
            }
            if (manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH) != null) {
                try (var out = Files.newOutputStream(file)) {
                    manifest.write(out);
                }
            }
        }
    }
}
