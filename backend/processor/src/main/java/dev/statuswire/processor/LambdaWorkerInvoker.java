package dev.statuswire.processor;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Invokes the worker asynchronously, as a Lambda function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Invoking a
 *     Lambda function asynchronously</a>
 */
public final class LambdaWorkerInvoker implements WorkerInvoker {

    private static final int ATTEMPTS = 3;

    private final LambdaClient lambda;
    private final String functionName;

    /** Creates a worker function that invokes the Lambda function {@code functionName}. */
    public LambdaWorkerInvoker(LambdaClient lambda, String functionName) {
        this.lambda = lambda;
        this.functionName = functionName;
    }

    /**
     * Creates a Lambda client, to be closed by its caller.
     *
     * @param endpoint the endpoint of Lambda; empty for AWS's own
     */
    public static LambdaClient client(Optional<URI> endpoint) {
        return AwsClients.configure(
                        LambdaClient.builder(),
                        endpoint,
                        ATTEMPTS,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(8))
                .build();
    }

    @Override
    public void start(RequestKey key) {
        String event =
                Json.write(
                        Json.MAPPER
                                .createObjectNode()
                                .put(Worker.OWNER, key.owner())
                                .put(Worker.ID, key.id()));
        lambda.invoke(
                invoke ->
                        invoke.functionName(functionName)
                                .invocationType(InvocationType.EVENT)
                                .payload(SdkBytes.fromUtf8String(event)));
    }
}
