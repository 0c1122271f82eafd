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
 * Times how old the last record of each batch is when a function gets it, which is what Lambda
 * calls a mapping's iterator age. DynamoDB tells a record's time to the second.
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
