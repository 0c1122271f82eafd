package dev.statuswire.tests.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.local.Main;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a process of the runtime is started from: this test's own class path, all of it as jars, and
 * an archive of the classes that a short life loads, which halves the time of a start. Made once in
 * a test run; its folder goes with the test's process.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class Data
 *     Sharing</a>: archives know jars, not folders
 */
final class Installation {

    private static @Nullable Installation made;

    private final String classPath;
    private final Path archive;

    private Installation(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** The one of this test run. Blocks while it is made. */
    static synchronized Installation get() throws IOException {
        if (made == null) {
            made = make(Files.createTempDirectory("runtime"));
        }
        return made;
    }

    private static Installation make(Path folder) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        var installation = new Installation(jars(folder), folder.resolve("classes.jsa"));
        installation.makeArchive(folder);
        return installation;
    }

    private static String jars(Path folder) {
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Files.isDirectory(Path.of(entry)) ? jar(folder, entry) : entry);
        }
        entries.add(jar(folder, typesForProcesses()));
        return String.join(File.pathSeparator, entries);
    }

    /** Not on the class path of the tests, so that only processes know these types. */
    private static String typesForProcesses() {
        var services = Installation.class.getResource("/runtime-process");
        return Path.of(URI.create(Objects.requireNonNull(services).toString())).toString();
    }

    private static String jar(Path folder, String classes) {
        String jar = folder.resolve(classes.hashCode() + ".jar").toString();
        String[] arguments = {"--create", "--no-compress", "--file", jar, "-C", classes, "."};
        var said = new PrintStream(System.out, true, UTF_8);
        int code = ToolProvider.findFirst("jar").orElseThrow().run(said, said, arguments);
        if (code != 0) {
            throw new AssertionError("no jar of " + classes);
        }
        return jar;
    }

    /** A short life with a bit of everything, which ends in order. */
    private void makeArchive(Path folder) throws IOException {
        String making = "-XX:ArchiveClassesAtExit=" + archive;
        String[] arguments = {"--in-memory", "--port=0", "--dynamodb-port=0"};
        try (var sink = new Sink();
                var process =
                        RuntimeProcess.start(
                                folder, Optional.of(sink), command(making, folder, arguments))) {
            live(process.awaitApi());
            process.terminate();
            process.awaitEnd();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    private static void live(ApiClient api) {
        String id = ApiClient.newId();
        api.putJson("/requests/" + id, EffectType.submission(SlowEffects.NAME, "{}"));
        api.get("/status/" + id, "Prefer", "wait=5");
        api.get("/requests");
        api.post("/live/tickets");
    }

    /** How to start it with these arguments; what it unpacks goes to {@code folder}. */
    List<String> command(Path folder, String... arguments) {
        return command("-XX:SharedArchiveFile=" + archive, folder, arguments);
    }

    /** With the compiler that begins quickly, one thread to collect garbage, and the real log. */
    private List<String> command(String sharing, Path folder, String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                sharing,
                                "-Xlog:disable",
                                "-Djava.io.tmpdir=" + folder,
                                "-Dlogback.configurationFile=logback.xml",
                                "-cp",
                                classPath,
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            System.err.println(folder + " stays: " + failed);
        }
    }
}
