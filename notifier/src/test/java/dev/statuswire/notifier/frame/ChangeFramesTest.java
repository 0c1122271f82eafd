package dev.statuswire.notifier.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.core.transition.Item;
import dev.statuswire.notifier.testing.StreamRecords;
import dev.statuswire.notifier.testing.ThinkType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ChangeFramesTest {

    private final ChangeFrames frames = new ChangeFrames(new StatusDocuments(ThinkType.types()));

    @Test
    void a_change_has_the_whole_status_document() {
        JsonNode frame = only(StreamRecords.changed("ann", "request-1", 1, "{\"a\":1}"));

        assertThat(frame.path("type").asText()).isEqualTo("status");
        assertThat(frame.at("/request/id").asText()).isEqualTo("request-1");
        assertThat(frame.at("/request/input/a").asInt()).isEqualTo(1);
        assertThat(frame.at("/request/steps/0/name").asText()).isEqualTo("think");
        assertThat(frame.path("request").has("partial")).isFalse();
    }

    @Test
    void a_removal_has_the_life_the_version_and_the_creation_time_of_the_removed_request() {
        assertThat(Json.write(only(StreamRecords.removed("ann", "request-1", 7))))
                .isEqualTo(
                        "{\"type\":\"removed\",\"id\":\"request-1\","
                                + "\"life\":\"life-1767225600\",\"version\":7,"
                                + "\"createdAt\":\"2026-01-01T00:00:00.000Z\"}");
    }

    @Test
    void a_removal_of_a_request_without_a_creation_time_has_none() {
        var record = StreamRecords.removed("ann", "request-1", 1);
        record.getDynamodb().getOldImage().remove(Item.CREATED_AT);

        assertThat(only(record).path("createdAt").isNull()).isTrue();
    }

    @Test
    void a_frame_may_have_exactly_the_maximum_size() {
        int rest = bytes(ofInput(1_000)) - 1_000;
        int fits = Frame.MAX_BYTES - rest;

        assertThat(bytes(ofInput(fits))).isEqualTo(Frame.MAX_BYTES);
        assertThat(read(ofInput(fits)).at("/request/partial").isMissingNode()).isTrue();
        assertThat(read(ofInput(fits + 1)).at("/request/partial").asBoolean()).isTrue();
    }

    @Test
    void a_document_over_the_frame_limit_is_sent_without_its_large_parts() {
        JsonNode request = read(ofInput(60_000)).path("request");

        assertThat(bytes(ofInput(60_000))).isLessThan(1_000);
        assertThat(request.path("version").asInt()).isEqualTo(1);
        assertThat(request.has("input")).isFalse();
        assertThat(request.has("result")).isFalse();
    }

    @Test
    void the_frame_limit_is_in_bytes_not_characters() {
        String input = "\"" + "ü".repeat(20_000) + "\"";

        assertThat(only(StreamRecords.changed("ann", "request-1", 1, input)).at("/request/partial"))
                .isEqualTo(Json.parse("true").orElseThrow());
    }

    @Test
    void only_the_last_of_consecutive_versions_is_sent() {
        List<List<String>> sent =
                sent(
                        StreamRecords.changed("ann", "request-1", 1),
                        StreamRecords.changed("ann", "request-2", 1),
                        StreamRecords.changed("ann", "request-1", 2),
                        StreamRecords.changed("ann", "request-1", 3),
                        StreamRecords.changed("ann", "request-2", 2));

        assertThat(sent).containsExactly(List.of("request-1/3"), List.of("request-2/2"));
    }

    @Test
    void a_removal_is_sent_even_if_the_request_was_submitted_again() {
        assertThat(
                        sent(
                                StreamRecords.changed("ann", "request-1", 7),
                                StreamRecords.removed("ann", "request-1", 7),
                                StreamRecords.submittedAgain("ann", "request-1", 1),
                                StreamRecords.submittedAgain("ann", "request-1", 2)))
                .containsExactly(List.of("request-1/removed", "request-1/2"));
    }

    @Test
    void a_request_that_was_removed_last_is_only_sent_as_removed() {
        assertThat(
                        sent(
                                StreamRecords.changed("ann", "request-1", 7),
                                StreamRecords.removed("ann", "request-1", 7)))
                .containsExactly(List.of("request-1/removed"));
    }

    @Test
    void a_change_that_arrives_out_of_order_never_replaces_a_newer_one() {
        assertThat(
                        sent(
                                StreamRecords.changed("ann", "request-1", 3),
                                StreamRecords.changed("ann", "request-1", 2),
                                StreamRecords.removed("ann", "request-2", 4),
                                StreamRecords.changed("ann", "request-2", 4)))
                .containsExactly(List.of("request-1/3"), List.of("request-2/removed"));
    }

    private List<List<String>> sent(DynamodbStreamRecord... records) {
        return frames.of(read(records)).stream()
                .map(ofOne -> ofOne.stream().map(ChangeFramesTest::summary).toList())
                .toList();
    }

    private static String summary(Frame frame) {
        JsonNode json = read(frame);
        return switch (frame.kind()) {
            case STATUS ->
                    json.at("/request/id").asText() + "/" + json.at("/request/version").asText();
            case REMOVED -> json.path("id").asText() + "/removed";
            case CHANGED, TYPES -> throw new AssertionError("not a change of a request");
        };
    }

    private Frame ofInput(int length) {
        String input = "\"" + "x".repeat(length - 2) + "\"";
        return frame(StreamRecords.changed("ann", "request-1", 1, input));
    }

    private JsonNode only(DynamodbStreamRecord record) {
        return read(frame(record));
    }

    private Frame frame(DynamodbStreamRecord record) {
        return frames.of(read(record)).getFirst().getFirst();
    }

    private static List<RequestRecord> read(DynamodbStreamRecord... records) {
        var unreadable = new UnreadableItems(Metrics.NONE);
        return Stream.of(records)
                .map(record -> RequestRecord.read(record, unreadable, Instant.EPOCH).orElseThrow())
                .toList();
    }

    private static int bytes(Frame frame) {
        return frame.payload().asByteArray().length;
    }

    private static JsonNode read(Frame frame) {
        return Json.parse(frame.payload().asUtf8String()).orElseThrow();
    }
}
