package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.time.Instant;

/** The context of an invocation with a given time limit. Its other methods throw. */
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
        return new UnsupportedOperationException("the simulator does not support this method");
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
