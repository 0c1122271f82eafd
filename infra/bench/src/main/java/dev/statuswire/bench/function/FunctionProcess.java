package dev.statuswire.bench.function;

import dev.statuswire.bench.function.RuntimeApi.Answer;
import dev.statuswire.bench.process.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A JVM with one function and one event, as Lambda starts it. Used by one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime">Defined
 *     runtime environment variables</a>
 */
final class FunctionProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Deployable function;
    private final Invocation invocation;
    private final RuntimeApi api;
    private final Path log;
    private final long begin;
    private final Process process;

    /**
     * How its JVM is started.
     *
     * @param options of the JVM
     * @param folder where the runtime interface client looks for code
     */
    record Jvm(List<String> options, List<Path> classPath, Path folder) {}

    private FunctionProcess(
            Deployable function,
            Jvm jvm,
            Map<String, String> variables,
            Path log,
            Invocation invocation)
            throws IOException {
        this.function = function;
        this.invocation = invocation;
        this.api = new RuntimeApi(invocation.event());
        this.log = log;
        var builder = new ProcessBuilder(command(function, jvm));
        builder.directory(jvm.folder().toFile()).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(lambdas(function, jvm, api));
        builder.environment().putAll(variables);
        builder.environment().putAll(function.settings());
        this.begin = System.nanoTime();
        this.process = builder.start();
    }

    /**
     * Starts it.
     *
     * @param variables of its environment, besides Lambda's own
     * @param log where its output goes
     */
    static FunctionProcess start(
            Deployable function, Jvm jvm, Map<String, String> variables, Path log) {
        Invocation invocation = function.next().get();
        try {
            return new FunctionProcess(function, jvm, variables, log, invocation);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> command(Deployable function, Jvm jvm) {
        var command = new ArrayList<String>();
        command.add(Jdk.command("java"));
        command.addAll(jvm.options());
        command.add("-cp");
        command.add(
                jvm.classPath().stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add(RuntimeClient.MAIN);
        command.add(function.handler().getName());
        return command;
    }

    private static Map<String, String> lambdas(Deployable function, Jvm jvm, RuntimeApi api) {
        var variables = new HashMap<String, String>();
        variables.put("AWS_LAMBDA_RUNTIME_API", api.hostAndPort());
        variables.put("_HANDLER", function.handler().getName());
        variables.put("LAMBDA_TASK_ROOT", jvm.folder().toString());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/any");
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "any");
        variables.put("POWERTOOLS_SERVICE_NAME", "statuswire");
        variables.put("TZ", ":UTC");
        variables.put("LANG", "en_US.UTF-8");
        return variables;
    }

    /**
     * Waits for its answer.
     *
     * @return the nanoseconds between the process's start and its answer
     * @throws IllegalStateException where that is not what it should be
     */
    long untilAnswer() throws InterruptedException {
        try {
            CompletableFuture.anyOf(api.answer(), process.onExit())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(function.name() + " has no answer: " + log(), failed);
        }
        Answer answer = api.answer().getNow(new Answer("nothing, it ended: " + log(), 0));
        if (!answer.json().contains(function.answer())) {
            throw new IllegalStateException(function.name() + " answers " + answer.json());
        }
        if (!invocation.happened().getAsBoolean()) {
            throw new IllegalStateException(function.name() + " did not do it: " + log());
        }
        return answer.at() - begin;
    }

    /** Asks it to end, and waits until it has. A JVM in training then makes its cache. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(function.name() + " does not end: " + log());
        }
    }

    /** What it has said. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return log + " cannot be read: " + unreadable;
        }
    }

    /** Ends it as Lambda does, without a word. */
    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }
}
