package dev.statuswire.emulator.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A handler with what Lambda's configuration says about it.
 *
 * @param name 1..64 letters, digits, hyphens and underscores
 * @param input the handler's input type, into which an invocation's payload is read
 * @param timeout 1 second to 15 minutes
 * @param concurrency how many invocations may run at once, at least 1
 * @param <I> the handler's input
 * @param <O> the handler's output
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
public record LocalFunction<I, O>(
        String name,
        Class<I> input,
        RequestHandler<I, O> handler,
        Duration timeout,
        int concurrency) {

    /** What an account may run at once unless it asks for more. */
    public static final int DEFAULT_CONCURRENCY = 1000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /**
     * @throws IllegalArgumentException a value is out of its range
     */
    public LocalFunction {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a function's name is 1..64 of A-Z a-z 0-9 - _, not " + name);
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a function's timeout is 1 s to 15 min, not " + timeout);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "a function's concurrency is at least 1, not " + concurrency);
        }
    }

    /** With Lambda's default concurrency. */
    public LocalFunction(
            String name, Class<I> input, RequestHandler<I, O> handler, Duration timeout) {
        this(name, input, handler, timeout, DEFAULT_CONCURRENCY);
    }

    /** The name under which the function sees itself called. */
    public String arn() {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }
}
