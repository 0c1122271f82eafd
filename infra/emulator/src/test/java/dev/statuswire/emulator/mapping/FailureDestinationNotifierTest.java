package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The document for an on-failure destination, compared field by field with the example in the AWS
 * documentation.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>: "Each record sent to the destination is a JSON document containing
 *     metadata about the failed invocation"; "The actual records aren't included"
 */
final class FailureDestinationNotifierTest {

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

    private final FailureDestinationNotifier document = withDestination(json -> {});

    private static FailureDestinationNotifier withDestination(FailureDestination destination) {
        return new FailureDestinationNotifier(
                "arn:aws:lambda:us-east-2:123456789012:function:myfunction",
                "arn:aws:dynamodb:us-east-2:123456789012:table/mytable/stream/2019-11-14T00:04:06.388",
                "shardId-00000001573689847184-864758bb",
                destination);
    }

    @Test
    void the_document_equals_the_example_of_aws() throws Exception {
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
                        Batch.of(List.of(record)).afterCountedFailure(),
                        DiscardReason.RETRY_ATTEMPTS_EXHAUSTED,
                        "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
                        true,
                        DISCARDED);
        assertThat(tree(json)).isEqualTo(tree(EXAMPLE));
    }

    @Test
    void a_document_about_several_records_has_the_first_and_last_sequence_number()
            throws Exception {
        JsonNode batch =
                tree(document.json(
                                StreamRecords.batch(8, 12)
                                        .afterUncountedFailure()
                                        .afterCountedFailure(),
                                DiscardReason.RETRY_ATTEMPTS_EXHAUSTED,
                                "id",
                                false,
                                DISCARDED))
                        .path("DDBStreamBatchInfo");
        assertThat(batch.path("startSequenceNumber").textValue()).isEqualTo(StreamRecords.text(8));
        assertThat(batch.path("endSequenceNumber").textValue()).isEqualTo(StreamRecords.text(12));
        assertThat(batch.path("batchSize").intValue()).isEqualTo(5);
    }

    /** A failing destination must not stop the mapping. */
    @Test
    void an_exception_of_the_destination_is_not_propagated() {
        List<String> received = new ArrayList<>();
        withDestination(
                        json -> {
                            received.add(json);
                            throw new IllegalStateException("the queue is gone");
                        })
                .discarded(
                        StreamRecords.batch(1, 1),
                        DiscardReason.RECORD_AGE_EXCEEDED,
                        null,
                        false,
                        DISCARDED);
        assertThat(received).hasSize(1);
    }

    private static JsonNode tree(String json) throws Exception {
        return new JsonMapper().readTree(json);
    }
}
