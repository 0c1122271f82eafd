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
 * An engine that somebody else runs (DynamoDB Local on its own, or another one that speaks its
 * protocol), reached over HTTP with the credentials {@code local}/{@code local} and the region
 * {@code us-east-1}. A call that is not answered fails after 8 s, one of the streams after 20 s;
 * the SDK's standard clients would wait for minutes. Only writes through {@link #client()} call the
 * listeners; what other processes write is for polling to find.
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
     * Calls the engine once.
     *
     * @throws EngineStartException the engine does not answer
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
