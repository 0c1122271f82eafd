package dev.statuswire.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes what the stack uploads: the page, the contracts, and small files in place of the
 * functions' code.
 */
final class StandIns {

    /** The folder of the page on the class path. */
    private static final String PAGE = "/statuswire/web";

    private StandIns() {}

    /** Writes the files, with the page itself if it has been built. */
    static Path in(Path root) {
        try {
            for (String artifact :
                    List.of(
                            Artifacts.API,
                            Artifacts.IDENTITY,
                            Artifacts.NOTIFIER,
                            Artifacts.PROCESSOR,
                            Artifacts.TYPES,
                            Artifacts.PAGE + "/index.html")) {
                Path file = root.resolve(artifact);
                Files.createDirectories(file.getParent());
                Files.writeString(file, "a placeholder for a build output");
            }
            URL page = StandIns.class.getResource(PAGE);
            if (page != null) {
                copyPage(page.toURI(), root.resolve(Artifacts.PAGE));
            }
            for (String contract : List.of(Artifacts.OPENAPI, Artifacts.ASYNCAPI)) {
                Path file = root.resolve(contract);
                Files.createDirectories(file.getParent());
                Files.write(file, resource(file.getFileName().toString()));
            }
            return root;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void copyPage(URI page, Path to) throws IOException {
        if (page.getScheme().equals("file")) {
            copy(Path.of(page), to);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(page, Map.of())) {
                copy(jar.getPath(PAGE), to);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = StandIns.class.getResourceAsStream("/" + name)) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }
}
