package dev.statuswire.bench.drive;

import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.Tables;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transitions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Fills the requests table with finished requests, past the API. Blocks. */
public final class Filling implements AutoCloseable {

    private static final int PER_CALL = 25;
    private static final int AT_ONCE = 4;

    private final DynamoDbClient client;
    private int stored;

    /** Of the table in the database at {@code dynamoDb}. */
    public Filling(URI dynamoDb) {
        client = AwsClients.dynamoDb(Optional.of(dynamoDb));
    }

    /** Adds what is missing until so many were written by this. */
    public void fillTo(int wanted) throws InterruptedException {
        int calls = (wanted - stored) / PER_CALL;
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<?> call :
                    threads.invokeAll(Stream.generate(this::call).limit(calls).toList())) {
                call.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the table was not filled", failed);
        }
        stored = wanted;
    }

    private Callable<Boolean> call() {
        return () ->
                client.batchWriteItem(batch -> batch.requestItems(Map.of(requests(), items())))
                        .unprocessedItems()
                        .isEmpty();
    }

    private static String requests() {
        return Tables.from(new Environment(Map.of())).requests();
    }

    private static List<WriteRequest> items() {
        return IntStream.range(0, PER_CALL)
                .mapToObj(n -> WriteRequest.builder().putRequest(put -> put.item(item())).build())
                .toList();
    }

    private static Map<String, AttributeValue> item() {
        Instant now = Instant.now();
        var item =
                new HashMap<>(
                        new Transitions(Timing.DEFAULT)
                                .submit(
                                        new RequestKey("local", Api.newId()),
                                        BenchNote.NAME,
                                        Api.input(100),
                                        now));
        item.keySet().removeAll(List.of(Item.DUE_SHARD, Item.DUE_AT));
        item.put(Item.STATUS, AttributeValue.fromS(Status.SUCCEEDED.name()));
        item.put(Item.RESULT, AttributeValue.fromS("{\"noted\":true}"));
        item.put(
                Item.EXPIRES_AT,
                AttributeValue.fromN(Long.toString(now.plus(Duration.ofDays(7)).getEpochSecond())));
        return item;
    }

    @Override
    public void close() {
        client.close();
    }
}
