package dev.statuswire.tests.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip that the build has packaged. */
enum Zip {
    API("backend/api", "statuswire-api"),
    IDENTITY("backend/identity", "statuswire-identity"),
    PROCESSOR("backend/processor", "statuswire-processor"),
    NOTIFIER("notifier", "statuswire-notifier"),
    TYPES_LAYER("backend/types", "statuswire-types-layer");

    private final Path file;

    Zip(String module, String name) {
        file = Path.of("../..", module, "target", name + ".zip");
    }

    Path file() {
        if (!Files.exists(file)) {
            throw new AssertionError(file + " is missing; build up to the phase \"package\"");
        }
        return file;
    }

    long bytes() throws IOException {
        return Files.size(file());
    }

    List<String> entries() throws IOException {
        try (var zip = new ZipFile(file().toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    /** Unpacks the entries under {@code prefix} into {@code folder}, without the prefix. */
    void unpack(String prefix, Path folder) throws IOException {
        try (var zip = new ZipFile(file().toFile())) {
            for (ZipEntry entry : zip.stream().filter(it -> !it.isDirectory()).toList()) {
                if (entry.getName().startsWith(prefix)) {
                    Path to = folder.resolve(entry.getName().substring(prefix.length()));
                    Files.createDirectories(to.getParent());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, to);
                    }
                }
            }
        }
    }
}
