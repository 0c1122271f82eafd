package dev.statuswire.bench.drive;

import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.Tables;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
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

/**
 * Makes data folders with finished requests in them. The table gets its stream when it is full, so
 * that a runtime which starts on it finds requests and no records of them.
 */
public final class Filling {

    private static final int PER_CALL = 25;

    private Filling() {}

    /** Writes so many to the requests table in a new {@code folder}. Blocks. */
    public static void fill(Path folder, int wanted) {
        try (var engine = EmbeddedDynamoDb.onDisk(folder, 0)) {
            DynamoDbClient client = engine.client();
            var table = TableDefinition.REQUESTS.named(requests());
            client.createTable(
                    table.toBuilder().streamSpecification((StreamSpecification) null).build());
            for (int stored = 0; stored < wanted; stored += PER_CALL) {
                client.batchWriteItem(batch -> batch.requestItems(Map.of(requests(), items())));
            }
            client.updateTable(
                    update ->
                            update.tableName(requests())
                                    .streamSpecification(table.streamSpecification()));
        }
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
        var item = new HashMap<>(Note.newItem("local"));
        item.keySet().removeAll(List.of(Item.DUE_SHARD, Item.DUE_AT));
        item.put(Item.STATUS, AttributeValue.fromS(Status.SUCCEEDED.name()));
        item.put(Item.RESULT, AttributeValue.fromS("{\"noted\":true}"));
        item.put(
                Item.EXPIRES_AT,
                AttributeValue.fromN(Long.toString(now.plus(Duration.ofDays(7)).getEpochSecond())));
        return item;
    }
}
