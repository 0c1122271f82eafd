package dev.statuswire.local.mapping;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a function's answer. Lambda's page says: an empty or null list or response is a complete
 * success; an empty or null {@code itemIdentifier} is a complete failure; of several the lowest
 * sequence number counts. An identifier that is in no record of the batch is taken as a complete
 * failure as well. All this only where the mapping asks for it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>
 */
final class BatchResponse {

    private static final Outcome ALL_FAILED = new Outcome.FailedFrom(0);

    private BatchResponse() {}

    static Outcome read(@Nullable Object response, Batch batch, boolean reportItemFailures) {
        if (!reportItemFailures || !(response instanceof StreamsEventResponse report)) {
            return new Outcome.Done();
        }
        List<BatchItemFailure> failures = report.getBatchItemFailures();
        return failures == null || failures.isEmpty()
                ? new Outcome.Done()
                : lowest(failures, batch);
    }

    private static Outcome lowest(List<BatchItemFailure> failures, Batch batch) {
        int lowest = batch.size();
        for (BatchItemFailure failure : failures) {
            int index = number(failure).map(number -> indexOf(number, batch)).orElse(-1);
            if (index < 0) {
                return ALL_FAILED;
            }
            lowest = Math.min(lowest, index);
        }
        return new Outcome.FailedFrom(lowest);
    }

    private static Optional<BigInteger> number(@Nullable BatchItemFailure failure) {
        try {
            return Optional.ofNullable(failure)
                    .map(BatchItemFailure::getItemIdentifier)
                    .map(BigInteger::new);
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
