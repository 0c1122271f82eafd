package dev.statuswire.bench.client;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.TableNames;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Creates and writes notes as stored items. */
public final class StoredNotes {

    /** The owner of all requests of a runtime without login. */
    static final String OWNER = "local";

    private static final int PER_CALL = 25;
    private static final Transitions TRANSITIONS = new Transitions(TransitionTiming.DEFAULT);

    private StoredNotes() {}

    /** Returns the item that the submission of a new note writes. */
    static Map<String, AttributeValue> newItem() {
        var key = new RequestKey(OWNER, ApiClient.newId());
        String input = BenchNote.input(BenchNote.LETTERS);
        return TRANSITIONS.submit(key, new Submission(BenchNote.NAME, input), Instant.now());
    }

    /**
     * Writes finished notes to the requests table in a new data folder. Enables the stream of the
     * table afterwards, so that a runtime that starts with the folder finds requests but no stream
     * records.
     */
    public static void write(Path folder, int wanted) {
        try (var engine = EmbeddedDynamoDb.onDisk(folder, 0)) {
            DynamoDbClient client = engine.client();
            String requests = TableNames.from(new Environment(Map.of())).requests();
            var table = TableDefinition.REQUESTS.named(requests);
            client.createTable(
                    table.toBuilder().streamSpecification((StreamSpecification) null).build());
            for (int stored = 0; stored < wanted; stored += PER_CALL) {
                client.batchWriteItem(batch -> batch.requestItems(Map.of(requests, finished())));
            }
            client.updateTable(
                    update ->
                            update.tableName(requests)
                                    .streamSpecification(table.streamSpecification()));
        }
    }

    private static List<WriteRequest> finished() {
        return IntStream.range(0, PER_CALL)
                .mapToObj(n -> newItem())
                .map(StoredNotes::finished)
                .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
    }

    private static Map<String, AttributeValue> finished(Map<String, AttributeValue> accepted) {
        long expiresAt = Instant.now().plus(Duration.ofDays(7)).getEpochSecond();
        var item = new HashMap<>(accepted);
        item.keySet().removeAll(List.of(Item.DUE_SHARD, Item.DUE_AT));
        item.put(Item.STATUS, AttributeValue.fromS(Status.SUCCEEDED.name()));
        item.put(Item.RESULT, AttributeValue.fromS("{\"noted\":true}"));
        item.put(Item.EXPIRES_AT, AttributeValue.fromN(Long.toString(expiresAt)));
        return item;
    }
}
