package dev.statuswire.bench.hot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of JMH, each in a JVM of its own. */
public final class HotFunctions {

    private static final int WARM_UP = 5;
    private static final int ROUNDS = 5;

    private HotFunctions() {}

    /**
     * Runs and prints them all. Blocks for some minutes.
     *
     * @param results the file that JMH's own JSON goes to
     * @throws IllegalStateException where one of them fails
     */
    public static void measure(Path results) {
        try {
            Files.createDirectories(results.toAbsolutePath().getParent());
            new Runner(options(results)).run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (RunnerException failed) {
            throw new IllegalStateException("a benchmark failed", failed);
        }
    }

    private static Options options(Path results) {
        return new OptionsBuilder()
                .include("^dev\\.statuswire\\.")
                .forks(1)
                .warmupIterations(WARM_UP)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ROUNDS)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .jvmArgsAppend(
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED")
                .resultFormat(ResultFormatType.JSON)
                .result(results.toString())
                .build();
    }
}
