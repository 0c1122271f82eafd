package dev.statuswire.emulator.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The document that Lambda sends to an on-failure destination.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>, "Example"
 */
final class FailureRecord {

    private static final int INVOKED = 200;

    private final String functionArn;
    private final String streamArn;
    private final String shardId;

    FailureRecord(String functionArn, String streamArn, String shardId) {
        this.functionArn = functionArn;
        this.streamArn = streamArn;
        this.shardId = shardId;
    }

    /**
     * @param requestId of the last invocation; null if the records were never sent
     * @param threw whether that invocation threw, rather than report a failure
     */
    String json(
            Batch lost,
            Condition condition,
            @Nullable String requestId,
            boolean threw,
            Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("requestContext")
                .put("requestId", requestId)
                .put("functionArn", functionArn)
                .put("condition", condition.text())
                .put("approximateInvokeCount", lost.invocations());
        if (lost.invocations() > 0) {
            response(json.putObject("responseContext"), threw);
        }
        json.put("version", "1.0").put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
        json.set("DDBStreamBatchInfo", batch(lost));
        return json.toString();
    }

    private static void response(ObjectNode response, boolean threw) {
        response.put("statusCode", INVOKED).put("executedVersion", "$LATEST");
        response.put("functionError", threw ? "Unhandled" : null);
    }

    private ObjectNode batch(Batch lost) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("shardId", shardId)
                .put("startSequenceNumber", lost.first().number().text())
                .put("endSequenceNumber", lost.last().number().text())
                .put("approximateArrivalOfFirstRecord", lost.first().created().toString())
                .put("approximateArrivalOfLastRecord", lost.last().created().toString())
                .put("batchSize", lost.size())
                .put("streamArn", streamArn);
    }
}
