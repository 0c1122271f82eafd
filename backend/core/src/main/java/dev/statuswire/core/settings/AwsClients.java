package dev.statuswire.core.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Creates AWS clients with our own timeouts and retries. By default, the SDK waits up to 30 s for a
 * response, which is longer than any of our callers would wait.
 */
public final class AwsClients {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    /**
     * The maximum duration of a call to DynamoDB, including all its attempts. After that, the call
     * has failed.
     */
    public static final Duration LONGEST_CALL = Duration.ofSeconds(8);

    private static final int ATTEMPTS = 3;
    private static final int CONNECTIONS = 256;

    /**
     * Credentials for a custom endpoint, which does not check them. The SDK needs some to sign
     * requests.
     */
    private static final AwsCredentialsProvider DUMMY_CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private AwsClients() {}

    /**
     * Creates a DynamoDB client, which the caller must close.
     *
     * @param endpoint the database's URL; empty for AWS, which the SDK locates in its usual way
     */
    public static DynamoDbClient dynamoDb(Optional<URI> endpoint) {
        return configure(DynamoDbClient.builder(), endpoint, ATTEMPTS, ATTEMPT, LONGEST_CALL)
                .build();
    }

    /**
     * Sets the options that all clients share.
     *
     * @param endpoint the service's URL; empty for AWS
     * @param attempts the maximum number of attempts of a call, at least 1
     * @param attempt the maximum duration of one attempt
     * @param call the maximum duration of all attempts together
     */
    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(
            B builder, Optional<URI> endpoint, int attempts, Duration attempt, Duration call) {
        builder.overrideConfiguration(
                        c ->
                                c.apiCallAttemptTimeout(attempt)
                                        .apiCallTimeout(call)
                                        .retryStrategy(
                                                DefaultRetryStrategy.standardStrategyBuilder()
                                                        .maxAttempts(attempts)
                                                        .build()))
                .httpClientBuilder(
                        ApacheHttpClient.builder()
                                .connectionTimeout(CONNECT)
                                .socketTimeout(attempt)
                                .maxConnections(CONNECTIONS));
        endpoint.ifPresent(
                address ->
                        builder.endpointOverride(address)
                                .region(Region.US_EAST_1)
                                .credentialsProvider(DUMMY_CREDENTIALS));
        return builder;
    }
}
