package dev.statuswire.bench.function;

import dev.statuswire.bench.function.FunctionProcess.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts one function, again and again. Times are from the start of the process to the answer of
 * its first invocation, in nanoseconds. Used by one thread; blocks.
 */
public final class FunctionStarts {

    private final Deployable function;
    private final FunctionCode code;
    private final Map<String, String> variables;
    private final Path folder;
    private final List<String> options;

    /**
     * @param folder its own, empty
     */
    FunctionStarts(
            Deployable function, FunctionCode code, Map<String, String> variables, Path folder) {
        this.function = function;
        this.code = code;
        this.variables = variables;
        this.folder = folder;
        this.options = RuntimeClient.options(folder);
    }

    /** What figures call it. */
    public String name() {
        return function.name();
    }

    /** The zip that it is in. */
    public Zip zip() {
        return function.zip();
    }

    /**
     * From its zip: the runtime interface client loads the handler by a class loader of its own.
     */
    public long fromZip() throws InterruptedException {
        return time(new Jvm(options, RuntimeClient.jars(), code.task()));
    }

    /**
     * From an image of one's own, where the function's jars are on the class path of the JVM, with
     * the AOT cache of {@link #train}. The JVM refuses to start where it cannot use the cache.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-image.html">Deploy Java
     *     Lambda functions with container images</a>
     */
    public long fromImageWithCache() throws InterruptedException {
        return time(image("-XX:AOTCache=" + cache(), "-XX:AOTMode=on", "-Xlog:aot*=error"));
    }

    private long time(Jvm jvm) throws InterruptedException {
        try (var process = FunctionProcess.start(function, jvm, variables, log())) {
            return process.untilAnswer();
        }
    }

    /**
     * Makes the AOT cache by one invocation. Only a class path of jars can have one, and in it are
     * only classes of the JVM's own loaders: a function that is loaded from its zip would gain by
     * it what the JDK's and the runtime interface client's classes take, about a third.
     *
     * @see <a href="https://openjdk.org/jeps/483">JEP 483: Ahead-of-Time Class Loading and
     *     Linking</a>
     */
    public void train() throws InterruptedException {
        Jvm jvm = image("-XX:AOTCacheOutput=" + cache(), "-Xlog:aot*=error");
        try (var process = FunctionProcess.start(function, jvm, variables, log())) {
            process.untilAnswer();
            process.end();
            if (!Files.exists(cache())) {
                throw new IllegalStateException("no AOT cache: " + process.log());
            }
        }
    }

    private Jvm image(String... more) {
        var all = new ArrayList<>(options);
        all.addAll(List.of(more));
        List<Path> classPath =
                Stream.concat(RuntimeClient.jars().stream(), code.jars().stream()).toList();
        return new Jvm(all, classPath, folder);
    }

    private Path cache() {
        return folder.resolve("function.aot");
    }

    private Path log() {
        return folder.resolve("log.txt");
    }
}
