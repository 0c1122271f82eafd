package dev.statuswire.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The simulator in a JVM of its own: two in one would disturb each other. */
final class SimulatorProcess implements AutoCloseable {

    private final Process process;

    private SimulatorProcess(Process process) {
        this.process = process;
    }

    /** Runs schedules on this class path. */
    static SimulatorProcess start(String classPath, List<String> options, long first, long count)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens",
                                "java.base/java.lang=ALL-UNNAMED",
                                "-Djdk.trackAllThreads=false",
                                "-XX:+UseSerialGC",
                                "-Xmx1g"));
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        Long.toString(first),
                        Long.toString(count)));
        return new SimulatorProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** What it said in the end. */
    String awaitResult() throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
