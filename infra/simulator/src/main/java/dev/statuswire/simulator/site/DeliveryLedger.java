package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records which records a function reported as failed, so that the mapping owes their redelivery. A
 * record that was processed once is not owed again: after a crash, a mapping redelivers it, and the
 * late position of the mapping before the crash may then move past it.
 */
final class DeliveryLedger {

    private final Set<String> owed = new TreeSet<>();
    private final Set<String> processed = new TreeSet<>();

    /** Records that the mapping sent these records. */
    void sent(DynamodbEvent event) {
        numbersOf(event).forEach(owed::remove);
    }

    /** Records the function's response to these records, of which the lowest failed one counts. */
    void responded(DynamodbEvent event, StreamsEventResponse response) {
        List<String> failed =
                response.getBatchItemFailures().stream()
                        .map(BatchItemFailure::getItemIdentifier)
                        .toList();
        numbersOf(event).stream()
                .takeWhile(number -> !failed.contains(number))
                .forEach(processed::add);
        failed.stream().filter(number -> !processed.contains(number)).forEach(owed::add);
    }

    private static List<String> numbersOf(DynamodbEvent event) {
        return event.getRecords().stream()
                .map(record -> record.getDynamodb().getSequenceNumber())
                .toList();
    }

    /** Returns the sequence numbers of the failed records that were not redelivered yet. */
    Set<String> owed() {
        return owed;
    }
}
