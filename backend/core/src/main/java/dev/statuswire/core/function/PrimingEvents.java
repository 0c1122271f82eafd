package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.transition.Item;
import java.util.List;
import java.util.Map;

/**
 * The events that handlers receive before a snapshot, and the request that these events name.
 *
 * @see FunctionHost#beforeSnapshot
 */
public final class PrimingEvents {

    /** A request that does not exist. Its owner has no requests and no connections. */
    public static final RequestKey REQUEST = new RequestKey("statuswire-no-op", "no-request");

    private PrimingEvents() {}

    /**
     * Creates a batch with one stream record: {@link #REQUEST} became ACCEPTED again after a
     * failure. No request can have its life, so every conditional write for it is refused.
     *
     * @param type the request's type
     */
    public static DynamodbEvent change(String type) {
        var change = new StreamRecord();
        change.setSequenceNumber("1");
        change.setOldImage(image(type, Status.RETRYING, 1));
        change.setNewImage(image(type, Status.ACCEPTED, 2));
        var record = new DynamodbStreamRecord();
        record.setEventName("MODIFY");
        record.setDynamodb(change);
        var event = new DynamodbEvent();
        event.setRecords(List.of(record));
        return event;
    }

    private static Map<String, AttributeValue> image(String type, Status status, long version) {
        return Map.of(
                Item.OWNER, text(REQUEST.owner()),
                Item.ID, text(REQUEST.id()),
                Item.LIFE, text("none"),
                Item.TYPE, text(type),
                Item.INPUT, text("{}"),
                Item.STATUS, text(status.name()),
                Item.VERSION, new AttributeValue().withN(Long.toString(version)));
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }
}
