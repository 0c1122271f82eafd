package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.time.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The handling of records that the function cannot process, on a real stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>: "Lambda retries until the records expire, exceed the maximum age, or
 *     reach the configured retry quota"; "Splitting batches doesn't consume the retry quota"; "Each
 *     record sent to the destination is a JSON document containing metadata"
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>: "Lambda uses the record with the lowest sequence number as the
 *     checkpoint. Lambda then retries all records starting from that checkpoint"
 */
final class MappingFailureTest {

    private final StreamFixture table = new StreamFixture();
    private final Recorder function = new Recorder();

    @AfterEach
    void close() throws InterruptedException {
        table.close();
    }

    @Test
    void a_batch_whose_invocation_failed_is_retried_in_halves() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        function.responding(
                records -> {
                    if (calls.getAndIncrement() < 1) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        putThree();
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("a=1", "b=2", "c=3");
        assertThat(function.next()).containsExactly("a=1", "b=2");
        assertThat(function.next()).containsExactly("c=3");
        table.put("d", 4);
        assertThat(function.next()).containsExactly("d=4");
    }

    @Test
    void a_partial_failure_is_retried_from_the_lowest_record_on() throws InterruptedException {
        AtomicBoolean first = new AtomicBoolean(true);
        function.responding(
                records -> first.getAndSet(false) ? Recorder.failing(records, "c", "b") : null);
        putThree();
        table.start(
                StreamFixture.settings().withRetries(-1, MappingSettings.UNTIL_TRIMMED), function);
        assertThat(function.next()).containsExactly("a=1", "b=2", "c=3");
        assertThat(function.next()).containsExactly("b=2", "c=3");
        Await.until("all is done", () -> !table.positions().isEmpty());
        assertThat(function.others()).isEmpty();
    }

    @Test
    void after_the_last_retry_the_record_is_discarded_and_reported_and_the_next_is_delivered()
            throws Exception {
        function.responding(
                records -> {
                    if (Recorder.id(records.getFirst()).equals("a")) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        table.put("a", 1);
        table.start(
                StreamFixture.settings().withRetries(1, MappingSettings.UNTIL_TRIMMED), function);
        JsonNode document = new JsonMapper().readTree(table.nextDiscarded());
        assertThat(document.at("/requestContext/condition").textValue())
                .isEqualTo("RetryAttemptsExhausted");
        assertThat(document.at("/requestContext/approximateInvokeCount").intValue()).isEqualTo(2);
        assertThat(document.at("/requestContext/functionArn").textValue())
                .endsWith(":function:recorder");
        assertThat(document.at("/requestContext/requestId").textValue()).isNotBlank();
        assertThat(document.at("/responseContext/functionError").textValue())
                .isEqualTo("Unhandled");
        assertThat(document.at("/responseContext/statusCode").intValue()).isEqualTo(200);
        assertThat(document.at("/responseContext/executedVersion").textValue())
                .isEqualTo("$LATEST");
        assertThat(document.at("/version").textValue()).isEqualTo("1.0");
        assertThat(Instant.parse(document.at("/timestamp").textValue()))
                .isBefore(Instant.now().plusSeconds(1));
        JsonNode batch = document.at("/DDBStreamBatchInfo");
        assertThat(batch.at("/batchSize").intValue()).isEqualTo(1);
        assertThat(batch.at("/shardId").textValue()).startsWith("shardId-");
        assertThat(batch.at("/streamArn").textValue()).contains(":table/things/stream/");
        assertThat(batch.at("/startSequenceNumber").textValue())
                .isEqualTo(batch.at("/endSequenceNumber").textValue());
        assertThat(Instant.parse(batch.at("/approximateArrivalOfFirstRecord").textValue()))
                .isBefore(Instant.now());
        assertThat(batch.has("approximateArrivalOfLastRecord")).isTrue();
        table.put("d", 4);
        assertThat(function.next(3)).containsExactly("a=1", "a=1", "d=4");
    }

    @Test
    void bisect_loses_only_the_record_that_fails() throws Exception {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        function.responding(
                records -> {
                    if (records.stream().anyMatch(record -> Recorder.id(record).equals("item-6"))) {
                        throw new IllegalStateException("on purpose");
                    }
                    records.forEach(record -> done.add(Recorder.id(record)));
                    return null;
                });
        for (int i = 0; i < 9; i++) {
            table.put("item-" + i, i);
        }
        table.start(
                StreamFixture.settings().withRetries(0, MappingSettings.UNTIL_TRIMMED), function);
        JsonNode document = new JsonMapper().readTree(table.nextDiscarded());
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
        Await.until("the others are done", () -> done.size() == 8);
        assertThat(done)
                .containsExactly(
                        "item-0", "item-1", "item-2", "item-3", "item-4", "item-5", "item-7",
                        "item-8");
    }

    /** A function that reports the failed record, with a mapping that bisects. */
    @Test
    void a_reported_poison_record_is_retried_alone_and_only_it_is_lost() throws Exception {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger alone = new AtomicInteger();
        function.responding(
                records -> {
                    for (DynamodbStreamRecord record : records) {
                        if (Recorder.id(record).equals("item-6")) {
                            alone.addAndGet(records.size() == 1 ? 1 : 0);
                            return Recorder.failing(records, "item-6");
                        }
                        done.add(Recorder.id(record));
                    }
                    return null;
                });
        for (int i = 0; i < 9; i++) {
            table.put("item-" + i, i);
        }
        String poison = numberOf(6);
        table.start(
                StreamFixture.settings().withRetries(2, MappingSettings.UNTIL_TRIMMED), function);
        JsonNode document = new JsonMapper().readTree(table.nextDiscarded());
        Await.until("the others are done", () -> done.size() == 8);
        assertThat(done)
                .containsExactly(
                        "item-0", "item-1", "item-2", "item-3", "item-4", "item-5", "item-7",
                        "item-8");
        assertThat(alone).as("one invocation and two retries").hasValue(3);
        JsonNode batch = document.at("/DDBStreamBatchInfo");
        assertThat(batch.at("/batchSize").intValue()).isEqualTo(1);
        assertThat(batch.at("/startSequenceNumber").textValue()).isEqualTo(poison);
        assertThat(batch.at("/endSequenceNumber").textValue()).isEqualTo(poison);
        Await.until(
                "the position passes the poison",
                () -> table.positions().containsValue(table.lastWritten()));
    }

    /** {@code MaximumRecordAgeInSeconds}: "Discard records older than the specified age". */
    @Test
    void a_record_over_the_maximum_age_is_discarded_and_counts_as_processed() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        function.responding(
                records -> {
                    throw new IllegalStateException("on purpose");
                });
        table.put("a", 1);
        table.start(
                StreamFixture.settings().withRetries(-1, Duration.ofSeconds(60)),
                function,
                table.engine(),
                () -> Instant.now().plus(ahead.get()));
        assertThat(function.next()).containsExactly("a=1");
        assertThat(function.next()).containsExactly("a=1");
        ahead.set(Duration.ofMinutes(3));
        JsonNode document = new JsonMapper().readTree(table.nextDiscarded());
        assertThat(document.at("/requestContext/condition").textValue())
                .isEqualTo("RecordAgeExceeded");
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
        Await.until(
                "the position passes it",
                () -> table.positions().containsValue(table.lastWritten()));
        assertThat(document.at("/requestContext/approximateInvokeCount").intValue())
                .as("calls")
                .isEqualTo(2 + function.others().size());
    }

    @Test
    void a_failing_lane_does_not_block_other_lanes_and_the_position_stays_before_it()
            throws InterruptedException {
        AtomicBoolean failing = new AtomicBoolean(true);
        function.responding(
                records -> {
                    if (failing.get() && Recorder.id(records.getFirst()).equals("a")) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        String other = MappingDeliveryTest.inAnotherLaneThan("a", 4);
        EventSourceMapping mapping =
                table.start(StreamFixture.settings().withBatches(1, 4), function);
        table.put("a", 0);
        for (int i = 1; i <= 20; i++) {
            table.put(other, i);
        }
        List<String> seen = new ArrayList<>();
        while (!seen.contains(other + "=20")) {
            seen.addAll(function.next());
        }
        mapping.savePositions();
        assertThat(table.positions()).isEmpty();
        failing.set(false);
        Await.until("the position passes all", () -> !table.positions().isEmpty());
    }

    @Test
    void a_failing_destination_does_not_block_the_mapping() throws InterruptedException {
        function.responding(
                records -> {
                    if (Recorder.id(records.getFirst()).equals("a")) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        MappingSettings settings =
                StreamFixture.settings().withRetries(0, MappingSettings.UNTIL_TRIMMED);
        EventSourceMapping mapping =
                new EventSourceMapping(
                        settings,
                        table.engine(),
                        new FunctionDefinition<>(
                                "recorder", DynamodbEvent.class, function, Duration.ofMinutes(1)),
                        json -> {
                            throw new IllegalStateException("the queue is gone");
                        });
        mapping.start();
        table.put("a", 1);
        assertThat(function.next()).containsExactly("a=1");
        table.put("b", 2);
        assertThat(function.next()).containsExactly("b=2");
        mapping.stop(Duration.ofSeconds(5));
    }

    /** Returns the sequence number of the stream's record at {@code index}. */
    private String numberOf(int index) {
        StreamSource stream =
                new StreamSource(
                        table.engine(),
                        StreamSource.newest(table.engine(), "things").orElseThrow());
        return stream.read(stream.fromOldest(stream.shards().getFirst().shardId()))
                .records()
                .get(index)
                .dynamodb()
                .sequenceNumber();
    }

    private void putThree() {
        table.put("a", 1);
        table.put("b", 2);
        table.put("c", 3);
    }
}
