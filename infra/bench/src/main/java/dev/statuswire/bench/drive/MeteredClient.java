package dev.statuswire.bench.drive;

import dev.statuswire.core.settings.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A client that asks with each call what it consumed, the table and its index together, and adds
 * that up. Used by one thread.
 */
public final class MeteredClient implements AutoCloseable {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final DynamoDbClient client;
    private double writeUnits;
    private double readUnits;

    /** Of the database at {@code endpoint}. */
    public MeteredClient(URI endpoint) {
        DynamoDbClientBuilder builder =
                AwsClients.configure(
                        DynamoDbClient.builder(), Optional.of(endpoint), 1, ATTEMPT, ATTEMPT);
        builder.overrideConfiguration(
                builder.overrideConfiguration().toBuilder()
                        .addExecutionInterceptor(new Meter())
                        .build());
        this.client = builder.build();
    }

    /** To be called; not the caller's to close. */
    public DynamoDbClient client() {
        return client;
    }

    /** Begins anew. */
    public void reset() {
        writeUnits = 0;
        readUnits = 0;
    }

    /** What was written since. */
    public double writeUnits() {
        return writeUnits;
    }

    /** What was read since. */
    public double readUnits() {
        return readUnits;
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Meter implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(
                Context.ModifyRequest context, ExecutionAttributes attributes) {
            ReturnConsumedCapacity all = ReturnConsumedCapacity.INDEXES;
            return switch (context.request()) {
                case PutItemRequest put -> put.copy(b -> b.returnConsumedCapacity(all));
                case UpdateItemRequest update -> update.copy(b -> b.returnConsumedCapacity(all));
                case GetItemRequest get -> get.copy(b -> b.returnConsumedCapacity(all));
                case SdkRequest other -> other;
            };
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            switch (context.response()) {
                case PutItemResponse put -> writeUnits += units(put.consumedCapacity());
                case UpdateItemResponse update -> writeUnits += units(update.consumedCapacity());
                case GetItemResponse get -> readUnits += units(get.consumedCapacity());
                default -> {}
            }
        }

        /** It says so, or nothing was measured. */
        private static double units(@Nullable ConsumedCapacity consumed) {
            return Objects.requireNonNull(consumed, "no consumed capacity").capacityUnits();
        }
    }
}
