package dev.statuswire.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.time.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

final class TimeToLiveTest {

    private final Instant now = Instant.now();

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);

    @BeforeEach
    void create() {
        Tables.create(engine.client(), "things");
        engine.client()
                .updateTimeToLive(
                        update ->
                                update.tableName("things")
                                        .timeToLiveSpecification(
                                                ttl -> ttl.attributeName("until").enabled(true)));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void an_expired_item_is_deleted_automatically() {
        put("expired", seconds(now.minusSeconds(1)));
        Await.until("the expired item is gone", () -> ids().isEmpty());
    }

    @Test
    void one_pass_deletes_all_expired_items_of_many() {
        int many = Boolean.getBoolean("statuswire.long") ? 2500 : 550;
        IntStream.range(0, many)
                .forEach(
                        i ->
                                put(
                                        "item-" + i,
                                        seconds(
                                                i % 100 == 7
                                                        ? now.minusSeconds(60)
                                                        : now.plusSeconds(600))));
        engine.deleteExpired();
        assertThat(ids())
                .hasSize(many - Math.ceilDiv(many - 7, 100))
                .doesNotContain("item-7", "item-507");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 500, 1_000, 5_000, 6_000, 10_000, 30_000, 45_000, 54_000})
    void a_pass_and_the_pause_after_it_take_less_than_a_minute(long millis) {
        Duration took = Duration.ofMillis(millis);
        assertThat(TimeToLive.pause(took))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5))
                .isLessThan(Duration.ofSeconds(60).minus(took));
    }

    @Test
    void items_without_a_valid_expiry_time_are_kept() {
        put("five years ago", seconds(now.minus(Duration.ofDays(5 * 366))));
        put("text", AttributeValue.fromS("1"));
        put("later", seconds(now.plusSeconds(600)));
        put("decimal", AttributeValue.fromN(now.getEpochSecond() - 9 + ".5"));
        engine.deleteExpired();
        assertThat(ids()).containsExactlyInAnyOrder("five years ago", "text", "later");
    }

    @Test
    void the_record_of_the_deletion_has_the_identity_of_the_service() {
        put("expired", seconds(now.minusSeconds(60)));
        put("later", seconds(now.plusSeconds(600)));
        AtomicInteger writes = new AtomicInteger();
        engine.onWrite("things", writes::incrementAndGet);
        engine.deleteExpired();
        assertThat(writes).hasValue(1);
        engine.client().deleteItem(it -> it.tableName("things").key(Tables.key("later")));
        List<Record> removals =
                records().stream().filter(it -> it.eventNameAsString().equals("REMOVE")).toList();
        assertThat(removals).hasSize(2);
        assertThat(removals.getFirst().dynamodb().keys()).isEqualTo(Tables.key("expired"));
        assertThat(removals.getFirst().dynamodb().hasOldImage()).isTrue();
        assertThat(removals.getFirst().userIdentity().type()).isEqualTo("Service");
        assertThat(removals.getFirst().userIdentity().principalId())
                .isEqualTo("dynamodb.amazonaws.com");
        assertThat(removals.getLast().userIdentity()).isNull();
    }

    private void put(String id, AttributeValue until) {
        engine.client()
                .putItem(
                        it ->
                                it.tableName("things")
                                        .item(
                                                Map.of(
                                                        "id",
                                                        AttributeValue.fromS(id),
                                                        "until",
                                                        until)));
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    private List<String> ids() {
        return engine.client().scanPaginator(it -> it.tableName("things")).items().stream()
                .map(item -> Objects.requireNonNull(item.get("id")).s())
                .toList();
    }

    private List<Record> records() {
        String stream =
                engine.streams()
                        .listStreams(it -> it.tableName("things"))
                        .streams()
                        .getFirst()
                        .streamArn();
        String shard =
                engine.streams()
                        .describeStream(it -> it.streamArn(stream))
                        .streamDescription()
                        .shards()
                        .getFirst()
                        .shardId();
        String iterator =
                engine.streams()
                        .getShardIterator(
                                it ->
                                        it.streamArn(stream)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        return engine.streams().getRecords(it -> it.shardIterator(iterator)).records();
    }
}
