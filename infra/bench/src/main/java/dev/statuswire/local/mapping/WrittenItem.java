package dev.statuswire.emulator.mapping;

import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * What a stream says of an item that was written, and what a mapping makes of that. It stands in
 * this package since the mapping's own ways from one to the other do.
 */
@NullMarked
public final class WrittenItem {

    static final String STREAM =
            "arn:aws:dynamodb:us-east-1:000000000000:table/bench/stream/2026-01-01T00:00:00.000";

    private WrittenItem() {}

    /**
     * The record of a new item.
     *
     * @param key the names of its key's attributes
     */
    static Record inserted(Map<String, AttributeValue> item, String... key) {
        return record(key, item).eventName(OperationType.INSERT).build();
    }

    /** The record of an item that was changed. */
    static Record changed(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Record.Builder record =
                record(new String[] {Item.OWNER, Item.ID}, after).eventName(OperationType.MODIFY);
        return record.dynamodb(record.build().dynamodb().copy(b -> b.oldImage(before))).build();
    }

    private static Record.Builder record(String[] key, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> keys =
                Arrays.stream(key).collect(Collectors.toMap(name -> name, item::get));
        return Record.builder()
                .eventID("7de3041dd709b024af6f29e4fa13d34c")
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion("us-east-1")
                .dynamodb(
                        change ->
                                change.approximateCreationDateTime(Instant.now())
                                        .keys(keys)
                                        .newImage(item)
                                        .sequenceNumber("100000000000000000001")
                                        .sizeBytes(500L)
                                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES));
    }

    /**
     * The event that tells a function of a new item, as JSON.
     *
     * @param key the names of its key's attributes
     */
    public static String event(Map<String, AttributeValue> item, String... key) {
        return "{\"Records\":[" + RecordJson.of(inserted(item, key), STREAM) + "]}";
    }
}
