package dev.statuswire.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The context of a call before a snapshot, which is not an invocation. */
final class PrimingContext implements Context {

    private static final String NONE = "none";

    /**
     * How long a call may take if a service that it needs is unreachable. A deployment must not
     * wait longer.
     */
    private static final Duration TIME = Duration.ofSeconds(10);

    @Override
    public String getAwsRequestId() {
        return NONE;
    }

    @Override
    public String getLogGroupName() {
        return NONE;
    }

    @Override
    public String getLogStreamName() {
        return NONE;
    }

    @Override
    public String getFunctionName() {
        return NONE;
    }

    @Override
    public String getFunctionVersion() {
        return NONE;
    }

    @Override
    public String getInvokedFunctionArn() {
        return NONE;
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return Math.toIntExact(TIME.toMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return 0;
    }

    @Override
    public LambdaLogger getLogger() {
        return LambdaRuntime.getLogger();
    }
}
