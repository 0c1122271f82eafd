package dev.statuswire.bench.function;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** AWS's runtime interface client: the {@code main} that Lambda runs a function with. */
final class RuntimeClient {

    static final String MAIN = AWSLambda.class.getName();

    private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.api.client";

    private RuntimeClient() {}

    /** The client and what it needs itself; nothing of ours. */
    static List<Path> jars() {
        return Stream.of(
                        AWSLambda.class,
                        LambdaRuntime.class,
                        PojoSerializer.class,
                        SdkInternalThreadLocal.class)
                .map(RuntimeClient::jarOf)
                .toList();
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("where is " + type, impossible);
        }
    }

    /**
     * Options of its JVM as in Lambda's own bootstrap. Its native library is where Lambda has it,
     * unpacked; otherwise each start would unpack it.
     *
     * @param folder for the library
     */
    static List<String> options(Path folder) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + PACKAGE + ".runtimeapi.NativeClient.JNI=" + library(folder),
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    }

    private static Path library(Path folder) {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String resource = "/jni/libaws-lambda-jni.linux-" + (arm ? "aarch_64" : "x86_64") + ".so";
        Path library = folder.resolve("client.so");
        try (InputStream content =
                Objects.requireNonNull(AWSLambda.class.getResourceAsStream(resource), resource)) {
            Files.write(library, content.readAllBytes());
            return library;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
