package dev.statuswire.emulator.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.NullUnmarked;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The context object that a function gets with each invocation.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-context.html">Lambda context
 *     object in Java</a>
 */
@NullUnmarked
public final class LocalContext implements Context {

    static final int MEMORY_MEGABYTES = 512;

    /** The version of every function; the emulator has no published versions. */
    static final String VERSION = "$LATEST";

    private final FunctionDefinition<?, ?> function;
    private final String requestId;
    private final Instant deadline;
    private final InstantSource steady;

    /**
     * Creates the context of an invocation that starts now.
     *
     * @param steady measures the remaining time
     */
    public LocalContext(FunctionDefinition<?, ?> function, String requestId, InstantSource steady) {
        this.function = function;
        this.requestId = requestId;
        this.steady = steady;
        deadline = steady.instant().plus(function.timeout());
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function.name();
    }

    @Override
    public String getLogStreamName() {
        return "local/[" + getFunctionVersion() + "]";
    }

    @Override
    public String getFunctionName() {
        return function.name();
    }

    @Override
    public String getFunctionVersion() {
        return VERSION;
    }

    @Override
    public String getInvokedFunctionArn() {
        return function.arn();
    }

    /** Returns null: the emulator has no Cognito identities. */
    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    /** Returns null: only AWS mobile SDKs send a client context. */
    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, deadline.toEpochMilli() - steady.millis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return MEMORY_MEGABYTES;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                try (var _ = MDC.putCloseable(LogTails.REQUEST_ID, requestId)) {
                    LoggerFactory.getLogger("function." + function.name()).info("{}", message);
                }
            }

            @Override
            public void log(byte[] message) {
                log(new String(message, StandardCharsets.UTF_8));
            }
        };
    }
}
