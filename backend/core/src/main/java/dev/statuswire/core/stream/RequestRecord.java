package dev.statuswire.core.stream;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One record of the requests table's stream. A record is only a hint, because it may be late,
 * duplicate or out of order; the item has the current state.
 *
 * @param sequenceNumber identifies the record when reporting that it could not be processed
 * @param key the key of the changed request
 * @param isNew whether there was no item before the change
 * @param before the request before the change; empty if there was none, or it cannot be read
 * @param after the request after the change; empty if it was removed
 * @param removed the removed request; empty if the change was not a removal
 */
public record RequestRecord(
        String sequenceNumber,
        RequestKey key,
        boolean isNew,
        Optional<Request> before,
        Optional<Request> after,
        Optional<RemovedRequest> removed) {

    /**
     * Reads a record; empty if the changed item is not a request, or cannot be read. A record
     * without a new image is a removal. So is a record whose new image has expired, because readers
     * treat the item as absent from then on.
     *
     * @param unreadable keeps track of new images that cannot be read, and of removals
     * @param now the time that determines which requests have expired
     */
    public static Optional<RequestRecord> read(
            DynamodbStreamRecord streamRecord, UnreadableItems unreadable, Instant now) {
        StreamRecord change = streamRecord.getDynamodb();
        if (change == null) {
            return Optional.empty();
        }
        String sequenceNumber = change.getSequenceNumber();
        Map<String, AttributeValue> before = StreamImages.item(change.getOldImage());
        Map<String, AttributeValue> after = StreamImages.item(change.getNewImage());
        if (after.isEmpty() || Item.isExpired(after, now)) {
            Optional<RequestRecord> removal =
                    removal(sequenceNumber, after.isEmpty() ? before : after);
            removal.map(RequestRecord::key).ifPresent(unreadable::settled);
            return removal.filter(record -> RequestKey.isValidId(record.key().id()));
        }
        Item.Reading reading = Item.reading(after);
        if (reading instanceof Item.Reading.Unreadable broken) {
            unreadable.found(broken);
        }
        return reading.request()
                .map(
                        request ->
                                new RequestRecord(
                                        sequenceNumber,
                                        request.key(),
                                        before.isEmpty(),
                                        Item.read(before),
                                        Optional.of(request),
                                        Optional.empty()));
    }

    private static Optional<RequestRecord> removal(
            String sequenceNumber, Map<String, AttributeValue> last) {
        Item.Reading reading = Item.reading(last);
        return reading instanceof Item.Reading.Unreadable broken
                ? Optional.of(removal(sequenceNumber, broken.key(), Optional.empty(), last))
                : reading.request()
                        .map(
                                request ->
                                        removal(
                                                sequenceNumber,
                                                request.key(),
                                                Optional.of(request),
                                                last));
    }

    private static RequestRecord removal(
            String sequenceNumber,
            RequestKey key,
            Optional<Request> before,
            Map<String, AttributeValue> last) {
        return new RequestRecord(
                sequenceNumber,
                key,
                false,
                before,
                Optional.empty(),
                Optional.of(RemovedRequest.of(last)));
    }

    /**
     * Returns the request that has ended with this change: it was removed, or it had expired and
     * its id was submitted again; empty if there is none.
     */
    public Optional<RemovedRequest> ended() {
        return removed.or(() -> before.filter(this::isReplaced).map(RemovedRequest::of));
    }

    private boolean isReplaced(Request last) {
        String life = last.life();
        return life != null && after.filter(next -> !life.equals(next.life())).isPresent();
    }

    /**
     * Returns whether the request was taken back from its worker: handed back, or swept because the
     * worker seemed dead.
     */
    public boolean wasReturnedFromWorker() {
        return is(before, Status.RUNNING) && is(after, Status.ACCEPTED);
    }

    private static boolean is(Optional<Request> request, Status status) {
        return request.filter(there -> there.status() == status).isPresent();
    }
}
