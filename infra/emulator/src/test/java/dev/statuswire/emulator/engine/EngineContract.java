package dev.statuswire.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The tests that every engine passes, in process and over HTTP. */
abstract class EngineContract {

    private static final int BAD_REQUEST = 400;

    private DynamoDbEngine engine;
    private DynamoDbClient client;

    abstract DynamoDbEngine start();

    @BeforeEach
    void startWithOneTable() {
        engine = start();
        client = engine.client();
        Tables.create(client, "things");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void a_read_returns_the_written_item() {
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        assertThat(read("a")).isEqualTo(Tables.item("a", "1"));
    }

    @Test
    void a_failed_condition_returns_the_old_item() {
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        ConditionalCheckFailedException refused =
                catchThrowableOfType(ConditionalCheckFailedException.class, () -> putAgain("a"));
        assertThat(refused.item()).isEqualTo(Tables.item("a", "1"));
        assertIsABadRequest(refused, "ConditionalCheckFailedException");
    }

    @Test
    void a_cancelled_transaction_returns_its_reasons() {
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        TransactionCanceledException refused =
                catchThrowableOfType(
                        TransactionCanceledException.class,
                        () ->
                                client.transactWriteItems(
                                        write ->
                                                write.transactItems(ifAbsent("b"), ifAbsent("a"))));
        assertThat(refused.cancellationReasons())
                .extracting("code")
                .containsExactly("None", "ConditionalCheckFailed");
        assertThat(refused.cancellationReasons().get(1).item()).isEqualTo(Tables.item("a", "1"));
        assertIsABadRequest(refused, "TransactionCanceledException");
        assertThat(read("b")).isEmpty();
    }

    @Test
    void an_existing_table_is_not_created_again() {
        ResourceInUseException refused =
                catchThrowableOfType(
                        ResourceInUseException.class, () -> Tables.create(client, "things"));
        assertIsABadRequest(refused, "ResourceInUseException");
    }

    @Test
    void a_recreated_table_has_its_new_keys() {
        putAgain("a");
        client.deleteTable(table -> table.tableName("things"));
        Tables.create(client, "things", "name");
        var item = Map.of("name", AttributeValue.fromS("b"));
        client.putItem(put -> put.tableName("things").item(item));
        assertThat(client.getItem(get -> get.tableName("things").key(item)).item()).isEqualTo(item);
        DynamoDbException refused =
                catchThrowableOfType(DynamoDbException.class, () -> putAgain("c"));
        assertIsABadRequest(refused, "ValidationException");
    }

    @Test
    void a_missing_table_is_not_found() {
        ResourceNotFoundException refused =
                catchThrowableOfType(
                        ResourceNotFoundException.class,
                        () -> client.describeTable(table -> table.tableName("none")));
        assertIsABadRequest(refused, "ResourceNotFoundException");
    }

    @Test
    void a_malformed_request_is_a_validation_error() {
        DynamoDbException refused =
                catchThrowableOfType(
                        DynamoDbException.class,
                        () ->
                                client.updateItem(
                                        update ->
                                                update.tableName("things")
                                                        .updateExpression("SET")
                                                        .key(Tables.key("a"))));
        assertIsABadRequest(refused, "ValidationException");
    }

    @Test
    void an_invalid_iterator_is_a_service_error() {
        assertThatThrownBy(
                        () ->
                                engine.streams()
                                        .getRecords(records -> records.shardIterator("nonsense")))
                .isInstanceOf(DynamoDbException.class);
    }

    @Test
    void paginators_read_all_pages_and_throw_the_sdk_s_errors() {
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        client.putItem(put -> put.tableName("things").item(Tables.item("b", "2")));
        assertThat(client.scanPaginator(scan -> scan.tableName("things").limit(1)).items())
                .hasSize(2);
        assertThatThrownBy(
                        () ->
                                client.scanPaginator(scan -> scan.tableName("none"))
                                        .items()
                                        .iterator()
                                        .next())
                .isExactlyInstanceOf(ResourceNotFoundException.class);
        assertThat(
                        client.waiter()
                                .waitUntilTableExists(table -> table.tableName("things"))
                                .matched()
                                .response())
                .isPresent();
    }

    @Test
    void a_stream_contains_the_written_item() {
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        String arn =
                client.describeTable(table -> table.tableName("things")).table().latestStreamArn();
        String shard =
                engine.streams()
                        .describeStream(stream -> stream.streamArn(arn))
                        .streamDescription()
                        .shards()
                        .getFirst()
                        .shardId();
        String iterator =
                engine.streams()
                        .getShardIterator(
                                from ->
                                        from.streamArn(arn)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        assertThat(
                        engine.streams()
                                .getRecords(records -> records.shardIterator(iterator))
                                .records())
                .singleElement()
                .satisfies(
                        record ->
                                assertThat(record.dynamodb().newImage())
                                        .isEqualTo(Tables.item("a", "1")));
    }

    @Test
    void a_write_calls_the_listeners_but_a_read_or_a_rejected_write_does_not() {
        AtomicInteger calls = new AtomicInteger();
        engine.onWrite("things", calls::incrementAndGet);
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        client.transactWriteItems(write -> write.transactItems(ifAbsent("b")));
        assertThat(calls).hasValue(2);
        read("a");
        assertThatThrownBy(() -> putAgain("a")).isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void a_write_calls_only_the_listeners_of_its_table() {
        AtomicInteger calls = new AtomicInteger();
        Tables.create(client, "others");
        engine.onWrite("things", calls::incrementAndGet);
        client.putItem(put -> put.tableName("others").item(Tables.item("a", "1")));
        assertThat(calls).hasValue(0);
        client.batchWriteItem(
                batch ->
                        batch.requestItems(
                                Map.of(
                                        "others",
                                        List.of(written("b")),
                                        "things",
                                        List.of(written("b")))));
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_partiql_statement_calls_the_listeners_of_every_table() {
        AtomicInteger calls = new AtomicInteger();
        engine.onWrite("things", calls::incrementAndGet);
        client.executeStatement(
                execute -> execute.statement("INSERT INTO \"things\" VALUE {'id': 'a'}"));
        assertThat(calls).hasValue(1);
    }

    private static WriteRequest written(String id) {
        return WriteRequest.builder().putRequest(put -> put.item(Tables.item(id, "1"))).build();
    }

    @Test
    void a_failing_listener_affects_neither_the_writer_nor_other_listeners() {
        AtomicInteger calls = new AtomicInteger();
        engine.onWrite(
                "things",
                () -> {
                    throw new IllegalStateException("on purpose");
                });
        engine.onWrite("things", calls::incrementAndGet);
        client.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        assertThat(calls).hasValue(1);
        assertThat(read("a")).isNotEmpty();
    }

    @Test
    void an_interrupted_caller_gets_an_exception_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read("a")).isInstanceOf(AbortedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read("a")).isEmpty();
    }

    private Map<String, AttributeValue> read(String id) {
        return client.getItem(
                        get -> get.tableName("things").key(Tables.key(id)).consistentRead(true))
                .item();
    }

    private void putAgain(String id) {
        client.putItem(
                put ->
                        put.tableName("things")
                                .item(Tables.item(id, "2"))
                                .conditionExpression("attribute_not_exists(id)")
                                .returnValuesOnConditionCheckFailure(
                                        ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }

    private static TransactWriteItem ifAbsent(String id) {
        Put put =
                Put.builder()
                        .tableName("things")
                        .item(Tables.item(id, "2"))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build();
        return TransactWriteItem.builder().put(put).build();
    }

    private static void assertIsABadRequest(DynamoDbException error, String code) {
        assertThat(error.statusCode()).isEqualTo(BAD_REQUEST);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(error.awsErrorDetails().errorMessage()).isNotBlank();
        assertThat(error.awsErrorDetails().sdkHttpResponse().statusCode()).isEqualTo(BAD_REQUEST);
        assertThat(List.of(error.isThrottlingException(), error.isClockSkewException()))
                .containsOnly(false);
    }
}
