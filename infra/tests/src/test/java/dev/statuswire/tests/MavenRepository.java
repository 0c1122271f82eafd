package dev.statuswire.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A local Maven repository of a test: its libraries are those of the build's own repository, and
 * its artifacts of Statuswire are those that the test or this build has put there.
 */
final class MavenRepository {

    private static final Path LIBRARIES = Path.of(System.getProperty("statuswire.repository"));
    private static final Path OWN = Path.of("dev", "statuswire");

    private final Path folder;

    private MavenRepository(Path folder) {
        this.folder = folder;
    }

    /** Creates a repository without artifacts of Statuswire. */
    static MavenRepository create(Path folder) throws IOException {
        link(LIBRARIES, folder, OWN.getName(0));
        link(LIBRARIES.resolve(OWN.getName(0)), folder.resolve(OWN.getName(0)), OWN.getName(1));
        Files.createDirectories(folder.resolve(OWN));
        return new MavenRepository(folder);
    }

    /** Links everything in a folder except {@code besides}. */
    private static void link(Path from, Path to, Path besides) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            try (Stream<Path> children = Files.list(from)) {
                for (Path child : children.toList()) {
                    Path name = Objects.requireNonNull(child.getFileName());
                    if (!name.equals(besides)) {
                        Files.createSymbolicLink(to.resolve(name), child.toAbsolutePath());
                    }
                }
            }
        }
    }

    /** Adds the artifacts that this build has created, as {@code mvn install} would. */
    void addBuiltArtifacts() throws IOException, InterruptedException {
        String modules = bash("printf '%s\\n' \"${sdk_modules[@]}\"");
        for (String module : modules.lines().toList()) {
            Path target = ProjectFiles.ROOT.resolve(module).resolve("target");
            String artifact = "statuswire-" + module.substring(module.lastIndexOf('/') + 1);
            Path installed = artifact(artifact);
            Files.createDirectories(installed);
            String file = artifact + "-" + version();
            Files.copy(target.resolve(file + ".jar"), installed.resolve(file + ".jar"));
            Files.copy(target.resolve("published-pom.xml"), installed.resolve(file + ".pom"));
        }
        bash("remember_installed_sdk; is_sdk_installed");
    }

    /** Returns the folder of an artifact's present version. */
    Path artifact(String name) {
        return folder.resolve(OWN).resolve(name).resolve(version());
    }

    /** Returns the version that pom.xml defines. */
    static String version() {
        String pom = ProjectFiles.read(ProjectFiles.ROOT.resolve("pom.xml"));
        return pom.replaceAll("(?s).*<revision>(.+?)</revision>.*", "$1");
    }

    /** Returns the variables that make Maven and the scripts use this repository. */
    Map<String, String> environment() {
        String options = "-XX:TieredStopAtLevel=1 -Dmaven.repo.local=" + folder.toAbsolutePath();
        return Map.of("MAVEN_OPTS", options);
    }

    private String bash(String script) throws IOException, InterruptedException {
        Command run =
                Command.run(
                        ProjectFiles.ROOT,
                        environment(),
                        List.of("bash", "-euc", "set -o pipefail; . .mvn/sdk.sh; " + script));
        if (run.exitCode() != 0) {
            throw new UncheckedIOException(new IOException(script + ": " + run.output()));
        }
        return run.output();
    }
}
