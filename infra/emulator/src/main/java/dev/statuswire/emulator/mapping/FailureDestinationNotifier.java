package dev.statuswire.emulator.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the on-failure destination a document about each discarded batch of a shard, in the form
 * that Lambda uses.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>, "Example"
 */
final class FailureDestinationNotifier {

    private static final Logger log = LoggerFactory.getLogger(FailureDestinationNotifier.class);
    private static final int INVOKED = 200;

    private final String functionArn;
    private final String streamArn;
    private final String shardId;
    private final FailureDestination destination;

    FailureDestinationNotifier(
            String functionArn, String streamArn, String shardId, FailureDestination destination) {
        this.functionArn = functionArn;
        this.streamArn = streamArn;
        this.shardId = shardId;
        this.destination = destination;
    }

    /**
     * Sends the document. Never throws: if the destination fails, the document is lost, as with a
     * deleted queue.
     */
    void discarded(
            Batch lost,
            DiscardReason reason,
            @Nullable String requestId,
            boolean threw,
            Instant now) {
        String json = json(lost, reason, requestId, threw, now);
        try {
            destination.discarded(json);
        } catch (RuntimeException e) {
            log.error("the on-failure destination failed; its document is lost: {}", json, e);
        }
    }

    /**
     * Returns the document for a discarded batch.
     *
     * @param requestId the request id of the last invocation; null if there was none
     * @param threw whether that invocation failed itself, instead of reporting failed records
     */
    String json(
            Batch lost,
            DiscardReason reason,
            @Nullable String requestId,
            boolean threw,
            Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("requestContext")
                .put("requestId", requestId)
                .put("functionArn", functionArn)
                .put("condition", reason.text())
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
