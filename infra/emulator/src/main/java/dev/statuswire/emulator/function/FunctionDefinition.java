package dev.statuswire.emulator.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A handler with its Lambda configuration.
 *
 * @param name 1 to 64 letters, digits, hyphens and underscores
 * @param input the handler's input type, to which a payload is deserialized
 * @param timeout 1 second to 15 minutes
 * @param concurrency the maximum number of concurrent invocations, at least 1
 * @param <I> the handler's input
 * @param <O> the handler's output
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
public record FunctionDefinition<I, O>(
        String name,
        Class<I> input,
        RequestHandler<I, O> handler,
        Duration timeout,
        int concurrency) {

    /** The default concurrency limit of an AWS account. */
    public static final int DEFAULT_CONCURRENCY = 1000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public FunctionDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a function name has 1 to 64 characters of A-Z a-z 0-9 - _, not " + name);
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a function timeout is 1 s to 15 min, not " + timeout);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "a function has a concurrency of at least 1, not " + concurrency);
        }
    }

    /** Creates a function with Lambda's default concurrency. */
    public FunctionDefinition(
            String name, Class<I> input, RequestHandler<I, O> handler, Duration timeout) {
        this(name, input, handler, timeout, DEFAULT_CONCURRENCY);
    }

    /** Returns the ARN that the function's context contains. */
    public String arn() {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }
}
