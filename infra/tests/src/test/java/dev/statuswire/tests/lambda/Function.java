package dev.statuswire.tests.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.lambda.RuntimeApi.Answer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function as Lambda runs it: a JVM with only AWS's runtime interface client on its class path.
 * The client loads the handler from the folder into which the zip is unpacked.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime">Defined
 *     runtime environment variables</a>
 */
final class Function implements AutoCloseable {

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client";

    private final RuntimeApi api;
    private final Path log;
    private final Process process;

    /**
     * Starts the function.
     *
     * @param code the folder that the function's code is in
     * @param settings its environment variables
     */
    Function(Path code, Class<?> handler, Map<String, String> settings) throws IOException {
        api = new RuntimeApi(handler.getSimpleName());
        log = Files.createTempFile(code.getParent(), handler.getSimpleName(), ".log");
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + library(code),
                                "-cp",
                                runtimeClassPath(),
                                // As in the bootstrap of Lambda's Java runtime.
                                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                                AWSLambda.class.getName(),
                                handler.getName())
                        .directory(code.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(code, handler));
        builder.environment().putAll(settings);
        process = builder.start();
    }

    private Map<String, String> environment(Path code, Class<?> handler) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.hostAndPort()),
                Map.entry("_HANDLER", handler.getName()),
                Map.entry("LAMBDA_TASK_ROOT", code.toString()),
                Map.entry("LAMBDA_RUNTIME_DIR", "/var/runtime"),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", handler.getSimpleName()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/any"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "any"),
                Map.entry("POWERTOOLS_SERVICE_NAME", "statuswire"),
                Map.entry("TZ", ":UTC"),
                Map.entry("LANG", "en_US.UTF-8"));
    }

    /** Returns the class path that Lambda provides: the client and its own dependencies. */
    private static String runtimeClassPath() {
        return Stream.of(
                        AWSLambda.class,
                        LambdaRuntime.class,
                        PojoSerializer.class,
                        SdkInternalThreadLocal.class)
                .map(Function::jarOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jarOf(Class<?> of) {
        try {
            return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Unpacks the client's native library. The client itself would unpack it to a path that all
     * processes of the machine share.
     */
    private static Path library(Path code) throws IOException {
        String architecture =
                System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = Files.createTempFile(code.getParent(), "client", ".so");
        String resource = "/jni/libaws-lambda-jni.linux-" + architecture + ".so";
        try (InputStream content = AWSLambda.class.getResourceAsStream(resource)) {
            Files.write(library, content.readAllBytes());
        }
        return library;
    }

    /** Invokes the function with an event, and returns the outcome. */
    Answer invoke(String event) {
        return await("a response to " + event, api.invoke(event));
    }

    /**
     * Invokes the function with an event, and returns its result as JSON; fails if the function
     * fails.
     */
    String returned(String event) {
        return switch (invoke(event)) {
            case Answer.Returned(String json) -> json;
            case Answer.Failed failed -> throw new AssertionError(failed + "\n" + log());
        };
    }

    /**
     * Invokes the function with an event, and returns its error; fails if the function succeeds.
     */
    Answer.Failed failed(String event) {
        return switch (invoke(event)) {
            case Answer.Returned returned -> throw new AssertionError(returned + "\n" + log());
            case Answer.Failed failed -> failed;
        };
    }

    /** Waits until the function fails to start, and returns the error. */
    Answer.Failed initError() {
        return await("an init error", api.initError());
    }

    private <T> T await(String what, CompletableFuture<T> result) {
        Await.until(what, () -> result.isDone() || !process.isAlive());
        if (!result.isDone()) {
            throw new AssertionError("the function's process ended: " + log());
        }
        return result.join();
    }

    /** Returns whether the function was started for a snapshot and restored from it. */
    boolean wasRestored() {
        return api.wasRestored();
    }

    /** Returns what the function has logged so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Waits until the process has ended, and returns its exit code. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }
}
