package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.SubmissionOptions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item is an interface for other programs, so these tests check exactly what is read and
 * written.
 */
final class ItemTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.120Z");
    private static final AttributeValue NOON_TEXT = Item.text("2026-01-01T12:00:00.120Z");
    private static final RequestError ERROR = new RequestError("io", "it hung", "one", true);
    private static final AttributeValue ERROR_MAP =
            AttributeValue.fromM(
                    Map.of(
                            "code", Item.text("io"),
                            "message", Item.text("it hung"),
                            "step", Item.text("one"),
                            "retryable", AttributeValue.fromBool(true)));

    private final Map<String, AttributeValue> item =
            new HashMap<>(
                    Map.of(
                            "owner", Item.text("ada"),
                            "id", Item.text("request-1"),
                            "type", Item.text("t"),
                            "input", Item.text("{}"),
                            "status", Item.text("ACCEPTED"),
                            "version", Item.number(1)));

    @Test
    void item_with_only_the_required_attributes_is_read() {
        assertThat(read())
                .isEqualTo(
                        new Request(
                                new RequestKey("ada", "request-1"),
                                null,
                                1,
                                "t",
                                "{}",
                                SubmissionOptions.NONE,
                                Status.ACCEPTED,
                                Status.ACCEPTED.name(),
                                1,
                                0,
                                0,
                                0,
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                false,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of()));
    }

    @Test
    void every_attribute_is_read() {
        StepState step = new StepState("one", StepStatus.FAILED, NOON, NOON, "{}", ERROR);
        Progress progress = new Progress(40, "cooking");
        item.putAll(
                Map.of(
                        "version", Item.number(7),
                        "fence", Item.number(3),
                        "attempt", Item.number(2),
                        "failures", Item.number(1),
                        "steps", Item.steps(List.of(step, StepState.pending("two"))),
                        "progress", Item.progress(progress),
                        "result", Item.text("[]")));
        item.putAll(
                Map.of(
                        "error",
                        ERROR_MAP,
                        "cancelRequested",
                        AttributeValue.fromBool(true),
                        "createdAt",
                        NOON_TEXT,
                        "updatedAt",
                        NOON_TEXT,
                        "dueAt",
                        Item.number(5001),
                        "expiresAt",
                        Item.number(6)));

        assertThat(read())
                .isEqualTo(
                        new Request(
                                new RequestKey("ada", "request-1"),
                                null,
                                1,
                                "t",
                                "{}",
                                SubmissionOptions.NONE,
                                Status.ACCEPTED,
                                Status.ACCEPTED.name(),
                                7,
                                3,
                                2,
                                1,
                                List.of(step, StepState.pending("two")),
                                progress,
                                null,
                                null,
                                "[]",
                                ERROR,
                                true,
                                false,
                                NOON,
                                NOON,
                                Instant.ofEpochMilli(5001),
                                Instant.ofEpochSecond(6),
                                null,
                                List.of()));
    }

    @Test
    void step_is_stored_without_absent_values() {
        assertThat(Item.step(StepState.pending("one")).m())
                .isEqualTo(Map.of("name", Item.text("one"), "status", Item.text("PENDING")));
        assertThat(Item.step(new StepState("one", StepStatus.FAILED, NOON, NOON, "{}", ERROR)).m())
                .isEqualTo(
                        Map.of(
                                "name",
                                Item.text("one"),
                                "status",
                                Item.text("FAILED"),
                                "startedAt",
                                NOON_TEXT,
                                "endedAt",
                                NOON_TEXT,
                                "output",
                                Item.text("{}"),
                                "error",
                                ERROR_MAP));
    }

    @Test
    void error_is_stored_with_its_step_if_it_has_one() {
        assertThat(Item.error(ERROR)).isEqualTo(ERROR_MAP);
        assertThat(Item.error(new RequestError("io", "it hung", null, false)).m())
                .isEqualTo(
                        Map.of(
                                "code", Item.text("io"),
                                "message", Item.text("it hung"),
                                "retryable", AttributeValue.fromBool(false)));
    }

    /** Another program may have written NULL, or another type, instead of a map. */
    @ParameterizedTest
    @ValueSource(strings = {"progress", "error"})
    void attribute_that_is_not_a_map_counts_as_absent(String attribute) {
        item.put(attribute, AttributeValue.fromNul(true));

        assertThat(read().progress()).isNull();
        assertThat(read().error()).isNull();
    }

    @Test
    void flag_of_another_type_counts_as_not_set() {
        item.put("cancelRequested", Item.text("true"));

        assertThat(read().cancelRequested()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "createdAt, ''",
        "createdAt, yesterday",
        "createdAt, 2026-13-01T00:00:00.000Z",
        "createdAt, 2026-02-30T00:00:00.000Z",
        "createdAt, 2026-01-01T00:60:00.000Z",
        "createdAt, 2026-01-01 00:00:00.000Z",
        "createdAt, 2026-01-01T00:00:00.0x0Z",
        "createdAt, +12026-01-01T00:00:00.000Z",
        "updatedAt, 12:00",
    })
    void item_with_an_invalid_time_is_not_a_request(String attribute, String value) {
        item.put(attribute, Item.text(value));

        assertThat(Item.read(item)).isEmpty();
    }

    /** Other writers may use all of ISO-8601. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T12:00:00.120Z,             2026-01-01T12:00:00.120Z",
        "2026-01-01T12:00:00Z,                 2026-01-01T12:00:00Z",
        "2026-01-01T12:00:00.000000001Z,       2026-01-01T12:00:00.000000001Z",
        "2026-01-01T01:00:00.000+01:00,        2026-01-01T00:00:00Z",
    })
    void time_is_read_in_every_format_of_the_standard(String written, Instant time) {
        item.put("createdAt", Item.text(written));

        assertThat(read().createdAt()).isEqualTo(time);
    }

    @Test
    void status_of_a_newer_release_is_unknown_and_kept_as_text() {
        item.put("status", Item.text("PARKED"));
        item.put(
                "steps",
                AttributeValue.fromL(
                        List.of(
                                AttributeValue.fromM(
                                        Map.of(
                                                "name", Item.text("one"),
                                                "status", Item.text("UNDONE"))))));

        assertThat(read().status()).isEqualTo(Status.UNKNOWN);
        assertThat(read().statusText()).isEqualTo("PARKED");
        assertThat(read().steps()).extracting(StepState::statusText).containsExactly("UNDONE");
        assertThat(read().isUnderstood()).isFalse();
        assertThat(Item.steps(read().steps())).isEqualTo(item.get("steps"));
    }

    @Test
    void format_of_a_newer_release_is_not_understood_whatever_its_status() {
        item.put("format", Item.number(Request.FORMAT));
        assertThat(read().isUnderstood()).isTrue();

        item.put("format", Item.number(Request.FORMAT + 1));
        assertThat(read().isUnderstood()).isFalse();
    }

    @Test
    void item_with_a_type_or_a_status_is_meant_as_a_request() {
        item.remove("version");
        assertThat(Item.reading(item))
                .isEqualTo(
                        new Item.Reading.Unreadable(
                                new RequestKey("ada", "request-1"), "version is less than 1"));

        item.keySet().retainAll(Set.of("owner", "id", "version"));
        assertThat(Item.reading(item)).isEqualTo(new Item.Reading.NoRequest());
        assertThat(Item.reading(Map.of())).isEqualTo(new Item.Reading.NoRequest());
    }

    @Test
    void item_with_a_too_large_attempt_is_not_a_request() {
        item.put("attempt", Item.number(1L << 40));

        assertThat(Item.read(item)).isEmpty();
    }

    @Test
    void key_is_owner_and_id_and_both_are_required() {
        RequestKey key = new RequestKey("ada", "request-1");
        assertThat(Item.key(key))
                .isEqualTo(Map.of("owner", Item.text("ada"), "id", Item.text("request-1")));
        assertThat(Item.keyOf(Item.key(key))).isEqualTo(key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Item.keyOf(Map.of("owner", Item.text("ada"))))
                .withMessageContaining("id");
    }

    @Test
    void item_without_a_due_time_is_due_in_1970() {
        assertThat(Item.dueAt(item)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void time_has_three_decimal_places() {
        assertThat(Item.format(Instant.parse("2026-01-01T12:00:00Z")))
                .isEqualTo("2026-01-01T12:00:00.000Z");
        assertThat(Item.time(NOON.plusNanos(999_999))).isEqualTo(NOON_TEXT);
    }

    private Request read() {
        return Item.read(item).orElseThrow();
    }
}
