package dev.statuswire.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a command has printed, in the order in which it was printed.
 *
 * @param output standard output and standard error
 */
record Command(int exitCode, String output) {

    /**
     * Runs a command and waits for its end. If the test is stopped, the command is killed.
     *
     * @param environment variables in addition to those of this process
     */
    static Command run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            int exitCode = process.waitFor();
            return new Command(exitCode, Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
