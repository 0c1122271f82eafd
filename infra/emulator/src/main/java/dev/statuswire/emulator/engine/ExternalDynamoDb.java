package dev.statuswire.emulator.engine;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An engine that the user runs (a separate DynamoDB Local, or another server with the same
 * protocol), called over HTTP with the credentials {@code local}/{@code local} and the region
 * {@code us-east-1}. A call without a response fails after 8 s, a call to the streams after 20 s;
 * the SDK's standard clients would wait for minutes. Only writes through {@link #client()} call the
 * listeners; writes of other processes must be found by polling.
 */
public final class ExternalDynamoDb implements DynamoDbEngine {

    private static final int CONNECTIONS = 200;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;
    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration CALL = Duration.ofSeconds(8);
    private static final Duration STREAMS_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration STREAMS_CALL = Duration.ofSeconds(20);
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private final URI endpoint;
    private final SdkHttpClient http =
            ApacheHttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(STREAMS_ATTEMPT)
                    .build();
    private final WriteListeners listeners = new WriteListeners();
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    /**
     * Connects to the engine and calls it once.
     *
     * @throws EngineStartException if the engine does not respond
     */
    public ExternalDynamoDb(URI endpoint) {
        this.endpoint = endpoint;
        client =
                WatchedClient.watching(
                        local(DynamoDbClient.builder(), ATTEMPT, CALL).build(), listeners);
        streams = local(DynamoDbStreamsClient.builder(), STREAMS_ATTEMPT, STREAMS_CALL).build();
        callOnce();
    }

    private void callOnce() {
        try {
            client.listTables(list -> list.limit(1));
        } catch (SdkException e) {
            close();
            throw new EngineStartException(
                    "Cannot connect to DynamoDB at " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B local(
            B builder, Duration attempt, Duration call) {
        return builder.overrideConfiguration(
                        c ->
                                c.apiCallAttemptTimeout(attempt)
                                        .apiCallTimeout(call)
                                        .retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)))
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(http);
    }

    @Override
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public DynamoDbStreamsClient streams() {
        return streams;
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void onWrite(String table, Runnable listener) {
        listeners.add(table, listener);
    }

    @Override
    public void close() {
        http.close();
    }
}
