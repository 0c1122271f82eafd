package dev.statuswire.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.core.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Measures the age of the last record of each batch when a function receives it, which Lambda calls
 * the iterator age of a mapping. DynamoDB gives the time of a record in whole seconds.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Types
 *     of metrics for Lambda functions: IteratorAge</a>
 */
record IteratorAge<O>(
        RequestHandler<DynamodbEvent, O> handler,
        String mapping,
        Metrics metrics,
        InstantSource clock)
        implements RequestHandler<DynamodbEvent, O> {

    @Override
    public O handleRequest(DynamodbEvent event, Context context) {
        List<DynamodbEvent.DynamodbStreamRecord> records = event.getRecords();
        if (!records.isEmpty()) {
            time(records.getLast().getDynamodb().getApproximateCreationDateTime().toInstant());
        }
        return handler.handleRequest(event, context);
    }

    private void time(Instant written) {
        Duration age = Duration.between(written, clock.instant());
        metrics.time(Metrics.Timer.ITERATOR_AGE, mapping, age.isNegative() ? Duration.ZERO : age);
    }
}
