package dev.statuswire.tests.process;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runtime as a process of its own, so that it can be killed. On its class path are {@link
 * QuickEffects}, {@link SingleEffect} and {@link SlowEffects} besides what ships. It ends with the
 * test's own process.
 */
public final class RuntimeProcess implements AutoCloseable {

    /** What the JVM makes of an end by signal 9. */
    private static final int KILLED = 128 + 9;

    private static final Path RUNTIME = Path.of("../local/target/statuswire.jar").toAbsolutePath();
    private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();

    /** The tests' own class path does not have the list of these types: only processes do. */
    private static final Path LIST_OF_TYPES = CLASSES.resolve("runtime-process");

    private static final Pattern PAGE = Pattern.compile("page +(http://\\S+)");
    private static final Pattern DYNAMODB = Pattern.compile("DynamoDB +(http://\\S+)\\s");

    private final Process process;
    private final Path output;
    private final Path errors;

    private RuntimeProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts it with these arguments; what it prints goes to files in {@code folder}. */
    public static RuntimeProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, Optional.empty(), command(folder, arguments));
    }

    /** On disk in {@code folder}, on free ports, with leases of 2 s. */
    public static RuntimeProcess onDisk(Path folder) throws IOException {
        return start(folder, onDisk(folder, 2));
    }

    /** The same, with its effects counted by {@code sink}. */
    public static RuntimeProcess onDisk(Path folder, Sink sink) throws IOException {
        return withLeaseOf(2, folder, sink);
    }

    /** The same with another lease and start grace. */
    public static RuntimeProcess withLeaseOf(int seconds, Path folder, Sink sink)
            throws IOException {
        List<String> command = command(folder, onDisk(folder, seconds));
        return start(folder, Optional.of(sink), command);
    }

    private static String[] onDisk(Path folder, int lease) {
        return new String[] {
            "--port=0",
            "--dynamodb-port=0",
            "--data=" + folder.resolve("data"),
            "--lease=" + lease,
            "--start-grace=" + lease
        };
    }

    /**
     * What {@code ./run} starts, with the compiler that begins quickly and one thread to collect
     * garbage. Its temporary files are in {@code folder}.
     */
    private static List<String> command(Path folder, String... arguments) {
        if (!Files.exists(RUNTIME)) {
            throw new AssertionError(RUNTIME + " is missing; build up to the phase \"package\"");
        }
        List<String> java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + folder,
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        RUNTIME + File.pathSeparator + LIST_OF_TYPES + File.pathSeparator + CLASSES,
                        "dev.statuswire.local.Main");
        return append(java, List.of(arguments));
    }

    /** Its standard input stays open for as long as this process lives: see {@link ParentWatch}. */
    private static RuntimeProcess start(Path folder, Optional<Sink> sink, List<String> command)
            throws IOException {
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path errors = Files.createTempFile(folder, "err", ".txt");
        var builder =
                new ProcessBuilder(append(Heeding.INTERRUPTS, command))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        sink.ifPresent(it -> builder.environment().put(EffectType.SINK, it.address().toString()));
        return new RuntimeProcess(builder.start(), output, errors);
    }

    private static List<String> append(List<String> first, List<String> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }

    /** Where its page is, once it is ready. */
    public URI awaitPage() {
        return Await.get("the page's address", () -> printed(PAGE));
    }

    /** Where its database is, once it is ready. */
    public URI awaitDynamoDb() {
        return Await.get("the database's address", () -> printed(DYNAMODB));
    }

    /** A client of its API, once it is ready. */
    public ApiClient awaitApi() {
        return new ApiClient(awaitPage().getPort());
    }

    private Optional<URI> printed(Pattern address) throws IOException {
        if (!isAlive()) {
            throw new AssertionError("it ended with " + process.exitValue() + ": " + errors());
        }
        Matcher found = address.matcher(output());
        return found.find() ? Optional.of(URI.create(found.group(1))) : Optional.empty();
    }

    /** Whether it has said that it is ready. */
    public boolean isReady() throws IOException {
        return DYNAMODB.matcher(output()).find();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public String errors() throws IOException {
        return Files.readString(errors);
    }

    /** As {@code kill -9}; whether that is what ended it. */
    public boolean kill() throws InterruptedException {
        return process.destroyForcibly().waitFor() == KILLED;
    }

    /** As Ctrl-C. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** As a service manager that stops it. */
    public void terminate() throws IOException, InterruptedException {
        signal("TERM");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** What happens to it when this process is gone. */
    void abandon() throws IOException {
        process.getOutputStream().close();
    }

    /** Its exit code, once it has ended. */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Whether it ends by itself before {@code time} is over. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * What to put before a command so that it heeds SIGINT: a shell without job control has what it
     * starts in the background ignore it, and that is handed on. Nothing where {@code env} cannot.
     */
    private static final class Heeding {

        private static final List<String> INTERRUPTS = prefix();

        private static List<String> prefix() {
            List<String> heeding = List.of("env", "--default-signal=INT");
            try {
                var probe = new ProcessBuilder(append(heeding, List.of("true"))).start();
                return probe.waitFor() == 0 ? heeding : List.of();
            } catch (IOException missing) {
                return List.of();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
    }
}
