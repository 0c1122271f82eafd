package dev.statuswire.tests.fuzz;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** The context of an invocation that has time. */
final class Unhurried implements Context {

    @Override
    public int getRemainingTimeInMillis() {
        return 900_000;
    }

    @Override
    public String getAwsRequestId() {
        return "any";
    }

    @Override
    public String getLogGroupName() {
        return "any";
    }

    @Override
    public String getLogStreamName() {
        return "any";
    }

    @Override
    public String getFunctionName() {
        return "any";
    }

    @Override
    public String getFunctionVersion() {
        return "any";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "any";
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException("nobody asks for it");
    }
}
