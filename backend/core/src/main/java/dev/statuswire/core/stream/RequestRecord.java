package dev.statuswire.core.stream;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.transition.Item;
import java.util.Optional;

/**
 * What one record of the requests table's stream says. A hint: it may come late, twice or after
 * newer ones; the item is the truth.
 *
 * @param sequenceNumber what to report the record by where it could not be processed
 * @param key whose change it is
 * @param before the request before the change; empty where there was none
 * @param after the request after it; empty where it was removed
 */
public record RequestRecord(
        String sequenceNumber, RequestKey key, Optional<Request> before, Optional<Request> after) {

    /** Reads a record; empty where what changed is not a request. */
    public static Optional<RequestRecord> read(DynamodbStreamRecord lambdas) {
        StreamRecord change = lambdas.getDynamodb();
        if (change == null) {
            return Optional.empty();
        }
        Optional<Request> before = Item.read(StreamImages.item(change.getOldImage()));
        Optional<Request> after = Item.read(StreamImages.item(change.getNewImage()));
        String sequenceNumber = change.getSequenceNumber();
        return after.or(() -> before)
                .map(any -> new RequestRecord(sequenceNumber, any.key(), before, after));
    }

    /** Whether it was submitted with this write. */
    public boolean isNew() {
        return before.isEmpty() && after.isPresent();
    }

    /** Whether the one who worked on it gave it back, or was found dead. */
    public boolean cameBack() {
        return is(before, Status.RUNNING) && is(after, Status.ACCEPTED);
    }

    private static boolean is(Optional<Request> request, Status status) {
        return request.filter(there -> there.status() == status).isPresent();
    }
}
