package dev.statuswire.emulator.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.statuswire.emulator.function.Payloads;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a function's response as the JSON that Lambda gets: "you can also create your own custom
 * class using the correct response syntax". By Lambda's documentation, an empty or null list or
 * response is a complete success. An empty or null {@code itemIdentifier}, or one "with a bad key
 * name", is a complete failure. If several are reported, the lowest sequence number counts. The
 * emulator also treats an identifier that is not in the batch as a complete failure. On AWS, all
 * this applies only to mappings with {@code ReportBatchItemFailures}; here, to every mapping.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>
 */
final class BatchResponse {

    private static final BatchOutcome ALL_FAILED = new BatchOutcome.FailedFrom(0);
    private static final JsonMapper JSON = new JsonMapper();

    private BatchResponse() {}

    /**
     * Reads a function's response to a batch. Throws the exception of the runtime's serialization
     * library if it cannot serialize the response.
     *
     * @throws IllegalStateException if the serialized response is not JSON
     */
    static BatchOutcome read(@Nullable Object response, Batch batch) {
        JsonNode failures = json(response).path("batchItemFailures");
        return failures.isEmpty() ? new BatchOutcome.Done() : lowest(failures, batch);
    }

    private static JsonNode json(@Nullable Object response) {
        try {
            return JSON.readTree(Payloads.write(response));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the function's response is not JSON", e);
        }
    }

    private static BatchOutcome lowest(JsonNode failures, Batch batch) {
        int lowest = batch.size();
        for (JsonNode failure : failures) {
            int index = number(failure).map(number -> indexOf(number, batch)).orElse(-1);
            if (index < 0) {
                return ALL_FAILED;
            }
            lowest = Math.min(lowest, index);
        }
        return new BatchOutcome.FailedFrom(lowest);
    }

    private static Optional<BigInteger> number(JsonNode failure) {
        try {
            return Optional.of(new BigInteger(failure.path("itemIdentifier").asText("")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int indexOf(BigInteger number, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.records().get(i).number().value().equals(number)) {
                return i;
            }
        }
        return -1;
    }
}
