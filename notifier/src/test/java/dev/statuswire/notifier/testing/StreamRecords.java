package dev.statuswire.notifier.testing;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Creates records of the requests table's stream, as Lambda delivers them. */
public final class StreamRecords {

    /** When the requests were created and changed, unless stated otherwise. */
    public static final Instant CHANGED = Instant.parse("2026-01-01T00:00:00Z");

    private static final AtomicLong SEQUENCE = new AtomicLong(100);

    private StreamRecords() {}

    /** Returns a batch of these records. */
    public static DynamodbEvent batch(DynamodbStreamRecord... records) {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(Arrays.asList(records));
        return event;
    }

    /** Returns a change of the request to that version. */
    public static DynamodbStreamRecord changed(String owner, String id, long version) {
        return changed(owner, id, version, "{}");
    }

    /** Returns a change of the request, which has this input, to that version. */
    public static DynamodbStreamRecord changed(
            String owner, String id, long version, String input) {
        return changed(owner, id, version, input, CHANGED);
    }

    /** Returns a change of a request that was submitted a day later under the same id. */
    public static DynamodbStreamRecord submittedAgain(String owner, String id, long version) {
        return changed(owner, id, version, "{}", CHANGED.plus(Duration.ofDays(1)));
    }

    private static DynamodbStreamRecord changed(
            String owner, String id, long version, String input, Instant createdAt) {
        var item =
                new HashMap<>(
                        new Transitions(TransitionTiming.DEFAULT, () -> life(createdAt))
                                .submit(
                                        new RequestKey(owner, id),
                                        new Submission(ThinkType.NAME, input),
                                        createdAt));
        item.put(Item.VERSION, AttributeValue.fromN(Long.toString(version)));
        StreamRecord change = new StreamRecord();
        change.setNewImage(image(item));
        return record(change);
    }

    /** Returns a change of the request to that version, which has expired. */
    public static DynamodbStreamRecord expired(
            String owner, String id, long version, Instant expiresAt) {
        DynamodbStreamRecord record = changed(owner, id, version);
        record.getDynamodb()
                .getNewImage()
                .put(Item.EXPIRES_AT, value(AttributeValue.fromN("" + expiresAt.getEpochSecond())));
        return record;
    }

    /** Returns the removal of the request at that version. */
    public static DynamodbStreamRecord removed(String owner, String id, long version) {
        DynamodbStreamRecord record = changed(owner, id, version);
        record.getDynamodb().setOldImage(record.getDynamodb().getNewImage());
        record.getDynamodb().setNewImage(null);
        return record;
    }

    /** Returns a change of the request to an item that this release cannot read. */
    public static DynamodbStreamRecord changedUnreadably(String owner, String id) {
        DynamodbStreamRecord record = changed(owner, id, 1);
        record.getDynamodb().setOldImage(record.getDynamodb().getNewImage());
        record.getDynamodb()
                .setNewImage(
                        image(
                                Map.of(
                                        Item.OWNER, AttributeValue.fromS(owner),
                                        Item.ID, AttributeValue.fromS(id),
                                        Item.STATUS, AttributeValue.fromS("ACCEPTED"),
                                        Item.VERSION, AttributeValue.fromS("two"))));
        return record;
    }

    /** Returns the life of the requests in these records, except for those submitted again. */
    public static String life() {
        return life(CHANGED);
    }

    private static String life(Instant createdAt) {
        return "life-" + createdAt.getEpochSecond();
    }

    /**
     * Returns the submission of the next request under the id of one that has expired, which had a
     * link.
     */
    public static DynamodbStreamRecord replacedShared(String owner, String id) {
        DynamodbStreamRecord record = submittedAgain(owner, id, 1);
        DynamodbStreamRecord last = shared(changed(owner, id, 3));
        record.getDynamodb().setOldImage(last.getDynamodb().getNewImage());
        return record;
    }

    /** Adds to a record that its request has a link, and returns the record. */
    public static DynamodbStreamRecord shared(DynamodbStreamRecord record) {
        StreamRecord change = record.getDynamodb();
        Stream.of(change.getNewImage(), change.getOldImage())
                .flatMap(Stream::ofNullable)
                .forEach(
                        image ->
                                image.put(
                                        Item.SHARED,
                                        new com.amazonaws.services.lambda.runtime.events.models
                                                        .dynamodb.AttributeValue()
                                                .withBOOL(true)));
        return record;
    }

    /** Returns a change of an item that is not a request. */
    public static DynamodbStreamRecord other() {
        StreamRecord change = new StreamRecord();
        change.setNewImage(image(Map.of("owner", AttributeValue.fromS("-"))));
        return record(change);
    }

    private static DynamodbStreamRecord record(StreamRecord change) {
        change.setSequenceNumber(Long.toString(SEQUENCE.incrementAndGet()));
        DynamodbStreamRecord record = new DynamodbStreamRecord();
        record.setDynamodb(change);
        return record;
    }

    private static Map<
                    String,
                    com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue>
            image(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue())));
    }

    private static com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue
            value(AttributeValue value) {
        return new com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue()
                .withS(value.s())
                .withN(value.n());
    }
}
