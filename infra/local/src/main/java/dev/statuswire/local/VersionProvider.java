package dev.statuswire.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Reads the version that {@code pom.xml} defines; the build writes it to a file. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream file = VersionProvider.class.getResourceAsStream("version.txt")) {
            byte[] version = Objects.requireNonNull(file, "version.txt").readAllBytes();
            return new String[] {
                "Statuswire " + new String(version, StandardCharsets.UTF_8).strip()
            };
        }
    }
}
