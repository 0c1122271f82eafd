package dev.statuswire.local;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runtime as a process of its own, so that it can be killed. */
final class RuntimeProcess implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("page +(http://\\S+)");

    private final Process process;
    private final Path output;
    private final Path errors;

    private RuntimeProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts it with these arguments; what it prints goes to files in {@code folder}. */
    static RuntimeProcess start(Path folder, String... arguments) throws IOException {
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path errors = Files.createTempFile(folder, "err", ".txt");
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + folder,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        return new RuntimeProcess(process, output, errors);
    }

    /** On disk in {@code folder}, on free ports, with leases of 2 s. */
    static RuntimeProcess onDisk(Path folder) throws IOException {
        return start(
                folder,
                "--port=0",
                "--dynamodb-port=0",
                "--data=" + folder.resolve("data"),
                "--lease=2",
                "--start-grace=2");
    }

    /** Where its page is, once it is ready. */
    URI awaitPage() {
        return Await.get(
                "the page's address",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + errors());
                    }
                    Matcher found = PAGE.matcher(Files.readString(output));
                    return found.find()
                            ? Optional.of(URI.create(found.group(1)))
                            : Optional.empty();
                });
    }

    ApiClient awaitApi() {
        return new ApiClient(awaitPage().getPort());
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Its exit code, once it has ended. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
