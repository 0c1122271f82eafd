package dev.statuswire.check;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs the checks as a Lambda function that a schedule invokes. An invocation fails if a check
 * fails, so an alarm can watch the function's metric {@code Errors}. The settings are those of
 * {@link Main}. Always uses the same test user, because Cognito bills each monthly active user.
 */
public final class Canary implements RequestHandler<Map<String, Object>, String> {

    private final Map<String, String> environment;

    /** Reads the settings from the environment; called by Lambda. */
    public Canary() {
        this(System.getenv());
    }

    Canary(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs the checks and logs their lines.
     *
     * @param event ignored
     * @return the last line
     * @throws IllegalStateException if a check failed or something is missing
     */
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        var printed = new ByteArrayOutputStream();
        int code;
        try {
            code =
                    Main.run(
                            environment,
                            new PrintStream(printed, true, StandardCharsets.UTF_8),
                            TestUser::kept);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        context.getLogger().log(text);
        if (code != 0) {
            throw new IllegalStateException(failures(text));
        }
        return text.lines().toList().getLast();
    }

    private static String failures(String text) {
        return text.lines()
                .filter(line -> line.startsWith("FAIL") || line.startsWith("statuswire: "))
                .collect(Collectors.joining("\n"));
    }
}
