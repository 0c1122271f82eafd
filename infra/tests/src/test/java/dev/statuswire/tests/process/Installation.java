package dev.statuswire.tests.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statuswire.api.testing.ApiClient;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * What a process of the runtime is started from: the jar that {@code ./run} starts, a jar of the
 * request types for processes, and an archive of the classes that a short run loads, which halves
 * the time of a start. The first JVM of a build that needs it makes it, for all of them.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class Data
 *     Sharing</a>
 */
public final class Installation {

    private static final Path RUNTIME = Path.of("../local/target/statuswire.jar").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/installation").toAbsolutePath();
    private static final Path TYPES = FOLDER.resolve("types.jar");
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    private static final String CLASS_PATH = RUNTIME + File.pathSeparator + TYPES;

    private Installation() {}

    /**
     * Makes it where it is missing or older than what it is made from. Blocks while another JVM
     * does.
     */
    private static synchronized void make() throws IOException {
        if (!Files.exists(RUNTIME)) {
            throw new AssertionError(RUNTIME + " is missing; build up to the phase \"package\"");
        }
        Files.createDirectories(FOLDER);
        Path lock = FOLDER.resolve("lock");
        try (var channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!isMade()) {
                makeTypes();
                makeArchive();
            }
        }
    }

    private static boolean isMade() throws IOException {
        return Files.exists(ARCHIVE)
                && isNewer(ARCHIVE, RUNTIME)
                && isNewer(ARCHIVE, classes().resolve(EffectType.class.getSimpleName() + ".class"));
    }

    private static boolean isNewer(Path made, Path from) throws IOException {
        return Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(from)) > 0;
    }

    private static Path classes() {
        return parent(resource(EffectType.class.getSimpleName() + ".class"));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "a parent folder");
    }

    private static Path resource(String name) {
        var found = Installation.class.getResource(name);
        return Path.of(URI.create(Objects.requireNonNull(found, name).toString()));
    }

    /** The tests' own class path does not have the list of these types: only processes do. */
    private static void makeTypes() {
        Path root = parent(resource("/runtime-process"));
        String[] arguments = {
            "--create",
            "--file",
            TYPES.toString(),
            "-C",
            root.toString(),
            root.relativize(classes()).toString(),
            "-C",
            root.resolve("runtime-process").toString(),
            "."
        };
        var said = new PrintStream(System.out, true, UTF_8);
        if (ToolProvider.findFirst("jar").orElseThrow().run(said, said, arguments) != 0) {
            throw new AssertionError("no jar of the request types");
        }
    }

    /** A short run with a bit of everything, which ends in order. */
    private static void makeArchive() throws IOException {
        Path made = FOLDER.resolve("made.jsa");
        String[] arguments = {"--in-memory", "--port=0", "--dynamodb-port=0"};
        try (var sink = new Sink();
                var process =
                        RuntimeProcess.start(
                                FOLDER,
                                Optional.of(sink),
                                java("-XX:ArchiveClassesAtExit=" + made, FOLDER, arguments))) {
            use(process.awaitApi());
            process.terminate();
            process.awaitEnd();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
        Files.move(made, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void use(ApiClient api) {
        String id = ApiClient.newId();
        api.putJson("/requests/" + id, EffectType.submission(SlowEffects.NAME, "{}"));
        api.get("/status/" + id, "Prefer", "wait=5");
        api.get("/requests");
        api.post("/live/tickets");
    }

    /** How to start it with these arguments; its temporary files are in {@code folder}. */
    static List<String> command(Path folder, String... arguments) throws IOException {
        make();
        return java("-XX:SharedArchiveFile=" + ARCHIVE, folder, arguments);
    }

    /** With the compiler that begins quickly, and one thread to collect garbage. */
    private static List<String> java(String sharing, Path folder, String... arguments) {
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
                                "-cp",
                                CLASS_PATH,
                                "dev.statuswire.local.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
