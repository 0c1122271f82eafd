package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.time.Instant;

/** An invocation that has so much time. All else that a context may say is refused. */
final class InvocationContext implements Context {

    private final Scheduler scheduler;
    private final Instant end;

    InvocationContext(Scheduler scheduler, Duration time) {
        this.scheduler = scheduler;
        this.end = scheduler.now().plus(time);
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, Duration.between(scheduler.now(), end).toMillis());
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("nobody asks for it here");
    }

    @Override
    public String getAwsRequestId() {
        throw unused();
    }

    @Override
    public String getLogGroupName() {
        throw unused();
    }

    @Override
    public String getLogStreamName() {
        throw unused();
    }

    @Override
    public String getFunctionName() {
        throw unused();
    }

    @Override
    public String getFunctionVersion() {
        throw unused();
    }

    @Override
    public String getInvokedFunctionArn() {
        throw unused();
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw unused();
    }

    @Override
    public ClientContext getClientContext() {
        throw unused();
    }

    @Override
    public int getMemoryLimitInMB() {
        throw unused();
    }

    @Override
    public LambdaLogger getLogger() {
        throw unused();
    }
}
