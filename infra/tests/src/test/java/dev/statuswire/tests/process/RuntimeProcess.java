package dev.statuswire.tests.process;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runtime as a separate process, so that it can be killed. Its class path has {@link
 * QuickEffects}, {@link SingleEffect} and {@link SlowEffects} in addition to the shipped types. The
 * process ends when the test process does.
 */
public final class RuntimeProcess implements AutoCloseable {

    /** The exit code that the JVM reports for a process that was killed by signal 9. */
    private static final int KILLED = 128 + 9;

    private static final Path RUNTIME = Path.of("../local/target/statuswire.jar").toAbsolutePath();
    private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();

    /**
     * The list of these types is only on the class path of the processes, not on that of the tests.
     */
    private static final Path LIST_OF_TYPES = CLASSES.resolve("runtime-process");

    private static final Pattern PAGE = Pattern.compile("page +(http://\\S+)");
    private static final Pattern DYNAMODB = Pattern.compile("DynamoDB +(http://\\S+)\\s");

    private final ChildProcess child;
    private final Process process;

    /**
     * Starts the process. Its standard input stays open as long as this process lives: see {@link
     * ParentWatch}.
     */
    private RuntimeProcess(Path folder, Map<String, String> environment, List<String> command) {
        child = ChildProcess.start(folder, environment, append(InterruptPrefix.PREFIX, command));
        process = child.process();
    }

    /**
     * Starts the runtime with these arguments; its output is written to files in {@code folder}.
     */
    public static RuntimeProcess start(Path folder, String... arguments) {
        return new RuntimeProcess(folder, Map.of(), command(folder, arguments));
    }

    /**
     * Does the same, with these options of the JVM instead of the usual ones.
     *
     * @param types a folder that lists the request types of the tests
     */
    public static RuntimeProcess startWith(
            List<String> options, Path types, Path folder, String... arguments) {
        return new RuntimeProcess(folder, Map.of(), command(options, types, folder, arguments));
    }

    /** Starts the runtime with its data in {@code folder}, on free ports, with leases of 2 s. */
    public static RuntimeProcess onDisk(Path folder) {
        return start(folder, onDisk(folder, 2));
    }

    /** Does the same, with {@code sink} recording the effects. */
    public static RuntimeProcess onDisk(Path folder, EffectSink sink) {
        return withLeaseOf(2, folder, sink);
    }

    /** Does the same, with another lease and start grace. */
    public static RuntimeProcess withLeaseOf(int seconds, Path folder, EffectSink sink) {
        Map<String, String> environment = Map.of(EffectType.SINK, sink.address().toString());
        return new RuntimeProcess(folder, environment, command(folder, onDisk(folder, seconds)));
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
     * Returns the command that {@code ./run} executes, with the fast compiler only and the serial
     * garbage collector. Temporary files are created in {@code folder}.
     */
    private static List<String> command(Path folder, String... arguments) {
        List<String> quick = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        return command(quick, LIST_OF_TYPES, folder, arguments);
    }

    private static List<String> command(
            List<String> options, Path types, Path folder, String... arguments) {
        if (!Files.exists(RUNTIME)) {
            throw new AssertionError(RUNTIME + " is missing; build up to the phase \"package\"");
        }
        List<String> main =
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        RUNTIME + File.pathSeparator + types + File.pathSeparator + CLASSES,
                        "dev.statuswire.local.Main");
        return append(
                append(List.of(ChildProcess.jdk("java")), options),
                append(main, List.of(arguments)));
    }

    private static List<String> append(List<String> first, List<String> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }

    /** Waits until the runtime is ready, and returns the URL of its page. */
    public URI awaitPage() {
        return URI.create(child.await(PAGE));
    }

    /** Waits until the runtime is ready, and returns the URL of its database. */
    public URI awaitDynamoDb() {
        return URI.create(child.await(DYNAMODB));
    }

    /** Waits until the runtime is ready, and returns a client of its API. */
    public ApiClient awaitApi() {
        return new ApiClient(awaitPage().getPort());
    }

    /** Returns whether the runtime has reported that it is ready. */
    public boolean isReady() throws IOException {
        return DYNAMODB.matcher(output()).find();
    }

    /** Returns the id of the process. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() throws IOException {
        return child.output();
    }

    public String errors() throws IOException {
        return child.errors();
    }

    /** Kills the process as {@code kill -9} does, and returns whether that is what ended it. */
    public boolean kill() throws InterruptedException {
        return process.destroyForcibly().waitFor() == KILLED;
    }

    /** Interrupts the process, as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** Stops the process, as a service manager does. */
    public void terminate() throws IOException, InterruptedException {
        signal("TERM");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /** Closes the runtime's standard input, as the end of this process does. */
    public void abandon() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until the process has ended, and returns its exit code. */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Returns whether the process ends on its own within {@code time}. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * A prefix for a command, so that the command does not ignore SIGINT. A shell without job
     * control makes its background processes ignore SIGINT, and their children inherit this. The
     * prefix is empty if {@code env} does not support it.
     */
    private static final class InterruptPrefix {

        private static final List<String> PREFIX = prefix();

        private static List<String> prefix() {
            List<String> candidate = List.of("env", "--default-signal=INT");
            try {
                var probe = new ProcessBuilder(append(candidate, List.of("true"))).start();
                return probe.waitFor() == 0 ? candidate : List.of();
            } catch (IOException missing) {
                return List.of();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
    }
}
