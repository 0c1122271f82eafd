package dev.statuswire.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.UnreadableItems;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestRecordTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final UnreadableItems unreadable = new UnreadableItems(Metrics.NONE);

    @Test
    void insert_has_only_the_new_request() {
        RequestRecord record = read(null, item(Status.ACCEPTED));

        assertThat(record.sequenceNumber()).isEqualTo("42");
        assertThat(record.key()).isEqualTo(new RequestKey("ada", "request-1"));
        assertThat(record.before()).isEmpty();
        assertThat(record.after()).map(Request::status).contains(Status.ACCEPTED);
    }

    @Test
    void modify_has_the_old_and_the_new_request() {
        RequestRecord record = read(item(Status.RUNNING), item(Status.SUCCEEDED));

        assertThat(record.before()).map(Request::status).contains(Status.RUNNING);
        assertThat(record.after()).map(Request::status).contains(Status.SUCCEEDED);
    }

    @Test
    void remove_has_only_the_key_and_the_old_request() {
        RequestRecord record = read(item(Status.FAILED), null);

        assertThat(record.key()).isEqualTo(new RequestKey("ada", "request-1"));
        assertThat(record.before()).map(Request::status).contains(Status.FAILED);
        assertThat(record.after()).isEmpty();
    }

    @Test
    void record_without_a_change_or_images_is_ignored() {
        assertThat(RequestRecord.read(new DynamodbStreamRecord(), unreadable, NOW)).isEmpty();
        assertThat(RequestRecord.read(record(null, null), unreadable, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "fence", "attempt", "failures"})
    void item_with_an_invalid_number_is_not_a_request(String attribute) {
        var item = item(Status.ACCEPTED);
        for (AttributeValue value :
                List.of(new AttributeValue().withN("-1"), new AttributeValue().withS("1"))) {
            item.put(attribute, value);

            assertThat(RequestRecord.read(record(null, item), unreadable, NOW))
                    .as(attribute)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1000000000-12-31T23:59:59.999999999Z", "-0001-01-01T00:00:00Z", "today"})
    void item_with_an_invalid_time_is_not_a_request(String time) {
        var item = item(Status.ACCEPTED);
        item.put("updatedAt", text(time));

        assertThat(RequestRecord.read(record(null, item), unreadable, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "id", "type", "input", "status"})
    void item_without_a_required_attribute_is_not_a_request(String attribute) {
        var item = item(Status.ACCEPTED);
        item.remove(attribute);

        assertThat(RequestRecord.read(record(null, item), unreadable, NOW)).isEmpty();
    }

    @Test
    void status_of_a_newer_release_is_read_as_unknown() {
        var item = item(Status.ACCEPTED);
        item.put("status", text("PARKED"));

        RequestRecord record = read(item(Status.RUNNING), item);

        assertThat(record.after()).map(Request::status).contains(Status.UNKNOWN);
        assertThat(record.after()).map(Request::statusText).contains("PARKED");
        assertThat(record.removed()).isEmpty();
    }

    @Test
    void item_that_cannot_be_read_is_counted_once_and_is_not_a_removal() {
        var broken = item(Status.RUNNING);
        broken.put("version", text("four"));

        assertThat(RequestRecord.read(record(item(Status.RUNNING), broken), unreadable, NOW))
                .isEmpty();
        assertThat(RequestRecord.read(record(broken, broken), unreadable, NOW)).isEmpty();

        assertThat(unreadable.count()).isEqualTo(1);

        read(broken, null);
        assertThat(unreadable.count()).isZero();
    }

    @Test
    void removal_of_an_unreadable_item_contains_what_can_be_read() {
        var broken = item(Status.RUNNING);
        broken.put("life", text("life-1"));
        broken.put("version", text("four"));

        RequestRecord record = read(broken, null);

        assertThat(record.key()).isEqualTo(new RequestKey("ada", "request-1"));
        assertThat(record.removed()).map(RemovedRequest::life).contains("life-1");
        assertThat(record.removed()).map(RemovedRequest::version).contains(0L);
    }

    @Test
    void new_image_that_has_expired_is_a_removal() {
        var expired = item(Status.SUCCEEDED);
        expired.put("life", text("life-1"));
        expired.put("expiresAt", new AttributeValue().withN("" + NOW.getEpochSecond()));

        RequestRecord record = read(item(Status.SUCCEEDED), expired);

        assertThat(record.after()).isEmpty();
        assertThat(record.removed()).map(RemovedRequest::life).contains("life-1");

        expired.put("expiresAt", new AttributeValue().withN("" + (NOW.getEpochSecond() + 1)));
        assertThat(read(null, expired).after()).isPresent();
    }

    @Test
    void items_of_other_programs_are_not_counted_as_unreadable() {
        Map<String, AttributeValue> other = new HashMap<>(item(Status.ACCEPTED));
        other.keySet().retainAll(Set.of("owner", "id"));

        assertThat(RequestRecord.read(record(null, other), unreadable, NOW)).isEmpty();
        assertThat(unreadable.count()).isZero();
    }

    @Test
    void item_of_an_idempotency_key_is_neither_a_request_nor_unreadable() {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put("owner", text("ada"));
        key.put("id", text("#abcdefghijklmnopqrstuvwxyz0123456789"));
        key.put("requestId", text("~0199a1f0-3c5e-7d42-9b1a-2f6c8e4d7a90"));
        key.put("expiresAt", new AttributeValue().withN("1764547200"));

        assertThat(RequestRecord.read(record(null, key), unreadable, NOW)).isEmpty();
        assertThat(RequestRecord.read(record(key, key), unreadable, NOW)).isEmpty();
        assertThat(RequestRecord.read(record(key, null), unreadable, NOW)).isEmpty();
        assertThat(unreadable.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b-000001", "../../0000", "new\nline-00", "é-00000000", "short"})
    void item_with_an_invalid_id_is_counted_once_and_ignored(String id) {
        var item = item(Status.ACCEPTED);
        item.put("id", text(id));

        assertThat(RequestRecord.read(record(null, item), unreadable, NOW)).isEmpty();
        assertThat(RequestRecord.read(record(item, item), unreadable, NOW)).isEmpty();
        assertThat(unreadable.count()).isEqualTo(1);

        assertThat(RequestRecord.read(record(item, null), unreadable, NOW)).isEmpty();
        assertThat(unreadable.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void request_came_back_only_if_it_was_running_and_is_accepted(Status other) {
        assertThat(read(item(other), item(Status.ACCEPTED)).wasReturnedFromWorker())
                .isEqualTo(other == Status.RUNNING);
        assertThat(read(item(Status.RUNNING), item(other)).wasReturnedFromWorker())
                .isEqualTo(other == Status.ACCEPTED);
    }

    @Test
    void new_or_removed_request_did_not_come_back() {
        assertThat(read(null, item(Status.ACCEPTED)).wasReturnedFromWorker()).isFalse();
        assertThat(read(item(Status.RUNNING), null).wasReturnedFromWorker()).isFalse();
    }

    private RequestRecord read(
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        return RequestRecord.read(record(before, after), unreadable, NOW).orElseThrow();
    }

    private static DynamodbStreamRecord record(
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        var record = new DynamodbStreamRecord();
        record.setDynamodb(
                new StreamRecord()
                        .withSequenceNumber("42")
                        .withOldImage(before)
                        .withNewImage(after));
        return record;
    }

    private static Map<String, AttributeValue> item(Status status) {
        var item = new HashMap<String, AttributeValue>();
        item.put("owner", text("ada"));
        item.put("id", text("request-1"));
        item.put("type", text("t"));
        item.put("input", text("{}"));
        item.put("status", text(status.name()));
        item.put("version", new AttributeValue().withN("1"));
        return item;
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }
}
