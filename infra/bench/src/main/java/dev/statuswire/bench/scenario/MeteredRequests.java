package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
 * Takes requests from submission to success with the core's own transitions, and adds up the
 * capacity units that DynamoDB reports for the table and its index. Uses a different table from the
 * runtime's, so that no worker processes these requests. Not thread-safe.
 */
final class MeteredRequests implements AutoCloseable {

    private static final String TABLE = "bench-metered";
    private static final String OWNER = "0199f0a4-7b1c-7c3e-9d55-1f0a2b3c4d5e";
    private static final String OUTPUT = "{}";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant end = start.plusMillis(90);
    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    private final DynamoDbClient client;
    private final RequestStore store;
    private double writeUnits;
    private double readUnits;

    /** Creates the table. */
    MeteredRequests(URI dynamoDb) {
        DynamoDbClientBuilder builder =
                AwsClients.configure(
                        DynamoDbClient.builder(), Optional.of(dynamoDb), 1, TIMEOUT, TIMEOUT);
        builder.overrideConfiguration(
                builder.overrideConfiguration().toBuilder()
                        .addExecutionInterceptor(new Meter())
                        .build());
        client = builder.build();
        client.createTable(TableDefinition.REQUESTS.named(TABLE));
        store = new DynamoDbRequestStore(client, TABLE, transitions);
    }

    /**
     * Returns the write units of a complete request, each step of which returns {@code {}}.
     *
     * @param input JSON
     * @throws IllegalStateException if a write is rejected
     */
    double writeUnits(String type, List<String> steps, String input) {
        writeUnits = 0;
        succeed(type, steps, input);
        return writeUnits;
    }

    /** Returns the read units of reading a status. */
    double readUnits(String type, List<String> steps, String input) {
        RequestKey key = succeed(type, steps, input);
        readUnits = 0;
        if (store.find(key).isEmpty()) {
            throw new IllegalStateException(key + " is not stored");
        }
        return readUnits;
    }

    /** A request with one step is quick and needs no claim. */
    private RequestKey succeed(String type, List<String> steps, String input) {
        var key = new RequestKey(OWNER, ApiClient.newId());
        Request request = store.submit(key, new Submission(type, input), start).request();
        int last = steps.size() - 1;
        if (last == 0) {
            Instant started = start.plusMillis(10);
            request =
                    request.startedUnclaimed(
                            StepState.started(steps, Set.of(), List.of(), started));
            apply(key, transitions.succeedUnclaimed(request, done(request, 0), OUTPUT, end));
            return key;
        }
        request = apply(key, transitions.claim(request, steps, Set.of(), start.plusMillis(10)));
        for (int step = 0; step < last; step++) {
            var progress = new Progress(100 * (step + 1) / steps.size(), "");
            request =
                    apply(
                            key,
                            transitions.commitStep(
                                    request, step, done(request, step), progress, at(step)));
        }
        apply(key, transitions.succeed(request, last, done(request, last), OUTPUT, end));
        return key;
    }

    private StepState done(Request request, int step) {
        return request.steps().get(step).succeeded(OUTPUT, at(step));
    }

    private Instant at(int step) {
        return start.plusMillis(20 + step);
    }

    private Request apply(RequestKey key, Transition transition) {
        return switch (store.apply(key, transition)) {
            case WriteOutcome.Done(Request request) -> request;
            case WriteOutcome.Refused refused ->
                    throw new IllegalStateException(key + ": " + refused);
        };
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

        private static double units(@Nullable ConsumedCapacity consumed) {
            return Objects.requireNonNull(consumed, "the response has no consumed capacity")
                    .capacityUnits();
        }
    }
}
