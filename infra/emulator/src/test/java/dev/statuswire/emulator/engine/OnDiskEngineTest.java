package dev.statuswire.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

final class OnDiskEngineTest extends EngineContract {

    @TempDir private Path folder;

    @Override
    DynamoDbEngine start() {
        return EmbeddedDynamoDb.onDisk(folder.resolve("contract"), 0);
    }

    @Test
    void written_items_survive_a_restart() {
        try (DynamoDbEngine first = EmbeddedDynamoDb.onDisk(folder.resolve("data"), 0)) {
            Tables.create(first.client(), "things");
            first.client().putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        }
        try (DynamoDbEngine second = EmbeddedDynamoDb.onDisk(folder.resolve("data"), 0)) {
            assertThat(
                            second.client()
                                    .getItem(get -> get.tableName("things").key(Tables.key("a")))
                                    .item())
                    .isEqualTo(Tables.item("a", "1"));
        }
    }

    @Test
    void only_one_engine_can_use_a_folder() {
        Path data = folder.resolve("data");
        try (DynamoDbEngine first = EmbeddedDynamoDb.onDisk(data, 0)) {
            assertThat(first.endpoint()).isNotNull();
            assertThatThrownBy(() -> EmbeddedDynamoDb.onDisk(data, 0))
                    .isInstanceOf(EngineStartException.class)
                    .hasMessage("the data folder " + data + " is in use by another process");
        }
        EmbeddedDynamoDb.onDisk(data, 0).close();
    }

    @Test
    void a_folder_that_cannot_be_created_is_reported() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedDynamoDb.onDisk(file, 0))
                .isInstanceOf(EngineStartException.class)
                .hasMessageStartingWith("cannot use the data folder " + file);
    }

    @Test
    void many_small_writes_are_checkpointed_to_the_file() throws IOException {
        assertThat(bytesAfter(1_500, "1", "shared-local-instance.db")).isGreaterThan(500_000);
    }

    @Test
    void the_log_of_large_writes_stays_small() throws IOException {
        assertThat(bytesAfter(100, "x".repeat(300_000), "shared-local-instance.db-wal"))
                .isLessThan(24_000_000);
    }

    /** Returns the size of a file of the folder after writing that many items with this text. */
    private long bytesAfter(int writes, String text, String file) throws IOException {
        try (DynamoDbEngine engine = EmbeddedDynamoDb.onDisk(folder.resolve("data"), 0)) {
            Tables.create(engine.client(), "things");
            for (int n = 0; n < writes; n++) {
                Map<String, AttributeValue> item = thing("thing-" + n, text);
                engine.client().putItem(put -> put.tableName("things").item(item));
            }
            return Files.size(folder.resolve("data").resolve(file));
        }
    }

    @Test
    void large_transactions_succeed_however_long_the_log_is() {
        try (DynamoDbEngine engine = EmbeddedDynamoDb.onDisk(folder.resolve("data"), 0)) {
            Tables.create(engine.client(), "things");
            for (int n = 0; n < 12; n++) {
                List<TransactWriteItem> puts = puts("transaction-" + n, 8);
                engine.client().transactWriteItems(write -> write.transactItems(puts));
                assertThat(puts).allMatch(put -> isStored(engine, put.put().item()));
            }
        }
    }

    private static boolean isStored(DynamoDbEngine engine, Map<String, AttributeValue> item) {
        var key = Map.of("id", Objects.requireNonNull(item.get("id")));
        return engine.client().getItem(get -> get.tableName("things").key(key)).item().equals(item);
    }

    private static List<TransactWriteItem> puts(String id, int number) {
        return IntStream.range(0, number)
                .mapToObj(n -> thing(id + "-" + n, "x".repeat(300_000)))
                .map(item -> Put.builder().tableName("things").item(item).build())
                .map(put -> TransactWriteItem.builder().put(put).build())
                .toList();
    }

    private static Map<String, AttributeValue> thing(String id, String text) {
        return Map.of("id", AttributeValue.fromS(id), "text", AttributeValue.fromS(text));
    }
}
