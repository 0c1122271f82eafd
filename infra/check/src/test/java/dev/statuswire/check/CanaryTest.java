package dev.statuswire.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the checks as a Lambda function. */
final class CanaryTest {

    private final StringBuilder log = new StringBuilder();

    private String invoke(Map<String, String> environment) {
        return new Canary(environment)
                .handleRequest(Map.of("detail-type", "Scheduled Event"), context());
    }

    /** A context with a logger and nothing else. */
    private Context context() {
        LambdaLogger logger =
                new LambdaLogger() {
                    @Override
                    public void log(String message) {
                        log.append(message);
                    }

                    @Override
                    public void log(byte[] message) {
                        log.append(new String(message, StandardCharsets.UTF_8));
                    }
                };
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("getLogger");
                            return logger;
                        });
    }

    @Test
    void successful_invocation_logs_its_lines() {
        String summary =
                invoke(
                        Map.of(
                                "STATUSWIRE_CHECK_URL",
                                LocalRuntimes.open().toString(),
                                "STATUSWIRE_CHECK_TYPES",
                                "update-profile"));

        assertThat(summary).contains("0 failed");
        assertThat(log.toString()).contains("ok   submit");
    }

    @Test
    void invocation_fails_with_the_failed_line() {
        assertThatThrownBy(
                        () ->
                                invoke(
                                        Map.of(
                                                "STATUSWIRE_CHECK_URL",
                                                LocalRuntimes.open().toString(),
                                                "STATUSWIRE_CHECK_TYPES",
                                                "charge-card")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FAIL types")
                .hasMessageContaining("charge-card");
    }
}
