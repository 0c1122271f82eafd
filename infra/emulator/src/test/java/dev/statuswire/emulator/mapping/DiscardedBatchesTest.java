package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The document for an on-failure destination, field by field as the example on AWS's page.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>: "Each record sent to the destination is a JSON document containing
 *     metadata about the failed invocation"; "The actual records aren't included"
 */
final class DiscardedBatchesTest {

    private static final String EXAMPLE =
            """
            {"requestContext": {
               "requestId": "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
               "functionArn": "arn:aws:lambda:us-east-2:123456789012:function:myfunction",
               "condition": "RetryAttemptsExhausted",
               "approximateInvokeCount": 1},
             "responseContext": {
               "statusCode": 200,
               "executedVersion": "$LATEST",
               "functionError": "Unhandled"},
             "version": "1.0",
             "timestamp": "2019-11-14T00:13:49.717Z",
             "DDBStreamBatchInfo": {
               "shardId": "shardId-00000001573689847184-864758bb",
               "startSequenceNumber": "800000000003126276362",
               "endSequenceNumber": "800000000003126276362",
               "approximateArrivalOfFirstRecord": "2019-11-14T00:13:19Z",
               "approximateArrivalOfLastRecord": "2019-11-14T00:13:19Z",
               "batchSize": 1,
               "streamArn": "arn:aws:dynamodb:us-east-2:123456789012:table/mytable/stream/2019-11-14T00:04:06.388"}}
            """;

    private static final Instant DISCARDED = Instant.parse("2019-11-14T00:13:49.717999Z");

    private final DiscardedBatches document = toldTo(json -> {});

    private static DiscardedBatches toldTo(FailureDestination destination) {
        return new DiscardedBatches(
                "arn:aws:lambda:us-east-2:123456789012:function:myfunction",
                "arn:aws:dynamodb:us-east-2:123456789012:table/mytable/stream/2019-11-14T00:04:06.388",
                "shardId-00000001573689847184-864758bb",
                destination);
    }

    @Test
    void document_is_the_one_of_the_page() throws Exception {
        Instant arrived = Instant.parse("2019-11-14T00:13:19Z");
        BatchRecord record =
                BatchRecord.read(
                        SequenceNumber.of("800000000003126276362"),
                        LambdaRecords.from(StreamRecords.full(), StreamRecords.ARN),
                        100,
                        arrived,
                        arrived.plusSeconds(7),
                        arrived.plusSeconds(7));
        String json =
                document.json(
                        Batch.of(List.of(record)).triedOnce(),
                        DiscardReason.RETRY_ATTEMPTS_EXHAUSTED,
                        "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
                        true,
                        DISCARDED);
        assertThat(tree(json)).isEqualTo(tree(EXAMPLE));
    }

    @Test
    void batch_of_several_records_has_the_first_and_the_last_one_s() throws Exception {
        JsonNode batch =
                tree(document.json(
                                StreamRecords.batch(8, 12).triedFree().triedOnce(),
                                DiscardReason.RETRY_ATTEMPTS_EXHAUSTED,
                                "id",
                                false,
                                DISCARDED))
                        .path("DDBStreamBatchInfo");
        assertThat(batch.path("startSequenceNumber").textValue()).isEqualTo(StreamRecords.text(8));
        assertThat(batch.path("endSequenceNumber").textValue()).isEqualTo(StreamRecords.text(12));
        assertThat(batch.path("batchSize").intValue()).isEqualTo(5);
    }

    /** The last line of defence: whoever watches never breaks the work. */
    @Test
    void destination_that_fails_breaks_nothing() {
        List<String> told = new ArrayList<>();
        toldTo(
                        json -> {
                            told.add(json);
                            throw new IllegalStateException("the queue is gone");
                        })
                .discarded(
                        StreamRecords.batch(1, 1),
                        DiscardReason.RECORD_AGE_EXCEEDED,
                        null,
                        false,
                        DISCARDED);
        assertThat(told).hasSize(1);
    }

    private static JsonNode tree(String json) throws Exception {
        return new JsonMapper().readTree(json);
    }
}
