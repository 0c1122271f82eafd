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
 * AWS clients with time-outs and retries of ours. The default ones wait for up to 30 s for an
 * answer, which is longer than any caller of ours would wait.
 */
public final class AwsClients {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    /** How long a call to DynamoDB may take with all its tries; then it has failed. */
    public static final Duration LONGEST_CALL = Duration.ofSeconds(8);

    private static final int ATTEMPTS = 3;
    private static final int CONNECTIONS = 256;

    /** An endpoint of one's own needs no real identity, but the SDK wants one to sign with. */
    private static final AwsCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private AwsClients() {}

    /**
     * A DynamoDB client, to be closed by its caller.
     *
     * @param endpoint where the database is; empty for AWS's own, found as the SDK does
     */
    public static DynamoDbClient dynamoDb(Optional<URI> endpoint) {
        return configure(DynamoDbClient.builder(), endpoint, ATTEMPTS, ATTEMPT, LONGEST_CALL)
                .build();
    }

    /**
     * Sets what all clients have in common.
     *
     * @param attempts how often a call is tried, at least 1
     * @param attempt how long one try may take
     * @param call how long all of them may take
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
                                .credentialsProvider(NOBODY));
        return builder;
    }
}
