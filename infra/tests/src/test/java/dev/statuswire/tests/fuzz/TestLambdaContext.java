package dev.statuswire.tests.fuzz;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** The context of an invocation that has 15 minutes left. */
final class TestLambdaContext implements Context {

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
        throw new UnsupportedOperationException("not used by the tests");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("not used by the tests");
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException("not used by the tests");
    }
}
