package dev.statuswire.core.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.testing.CountingDynamoDb;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ActivityLogTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private final String table = "activity-" + UUID.randomUUID();
    private final ManualClock clock = new ManualClock();
    private final ActivityLog log = new ActivityLog(DYNAMO_DB.client(), table, clock);

    ActivityLogTest() {
        DYNAMO_DB.client().createTable(TableDefinition.ACTIVITY.named(table));
    }

    @Test
    void changes_are_ordered_by_sequence_number_not_by_text() {
        add("ada", "100", "third");
        add("ada", "9", "first");
        add("ada", "99", "second");
        add("ada", "1".repeat(40), "last");
        add("ada", "9".repeat(39), "fourth");

        assertThat(messages("ada")).containsExactly("first", "second", "third", "fourth", "last");
    }

    @Test
    void change_that_is_added_twice_is_stored_once() {
        add("ada", "1", "first");
        add("ada", "1", "first");

        assertThat(messages("ada")).containsExactly("first");
    }

    @Test
    void change_is_shown_as_event_at_old_new() {
        add("ada", "1", "first");

        assertThat(all("ada", "local"))
                .map(Json::write)
                .containsExactly(
                        """
                        {"event":"INSERT","at":"2026-01-01T00:00:00Z","old":null,"new":"first"}\
                        """);
    }

    @Test
    void username_is_case_insensitive_and_other_users_are_not_shown() {
        add("ada", "1", "hers");
        add("adam", "2", "his");

        assertThat(messages("ADA")).containsExactly("hers");
        assertThat(messages("unknown")).isEmpty();
    }

    @Test
    void change_with_an_owner_is_shown_only_to_that_owner() {
        log.add(activity("ada", "owner-a", "1", "hers"));
        log.add(activity("ada", null, "2", "for all"));

        assertThat(all("ada", "owner-a")).hasSize(2);
        assertThat(all("ada", "owner-b"))
                .extracting(entry -> entry.get("new").textValue())
                .containsExactly("for all");
    }

    @Test
    void log_with_many_pages_is_read_completely() {
        String long300k = "x".repeat(300_000);
        for (int i = 0; i < 8; i++) {
            add("ada", Integer.toString(i), i + long300k);
        }

        assertThat(messages("ada")).map(text -> text.charAt(0)).hasSize(8).isSorted();
    }

    @Test
    void missing_table_causes_a_store_exception() {
        var nowhere = new ActivityLog(DYNAMO_DB.client(), "nowhere", clock);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () -> nowhere.of("ada", new ActivityQuery("local", 1, Optional.empty())));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> nowhere.add(activity("ada", "1", "first")));
    }

    private void add(String username, String sequenceNumber, String message) {
        log.add(activity(username, sequenceNumber, message));
    }

    private static Activity activity(String username, String sequenceNumber, String message) {
        return activity(username, null, sequenceNumber, message);
    }

    private static Activity activity(
            String username, @Nullable String owner, String sequenceNumber, String message) {
        JsonNode after = Json.MAPPER.getNodeFactory().textNode(message);
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new Activity(username, owner, sequenceNumber, "INSERT", at, null, after);
    }

    @Test
    void pages_are_consecutive_and_skip_changes_of_other_owners() {
        for (int n = 100; n < 120; n++) {
            log.add(activity("ada", n % 2 == 0 ? "owner-a" : "owner-b", "" + n, "of " + n));
        }

        assertThat(pages("owner-a", 3)).containsExactly(3, 3, 3, 1);
        assertThat(all("ada", "owner-b")).hasSize(10);
    }

    @Test
    void page_after_many_changes_of_other_owners_ends_early_and_has_a_next_page() {
        for (int n = 10_000; n < 12_000; n++) {
            log.add(activity("ada", "owner-b", "" + n, "theirs"));
        }
        log.add(activity("ada", "owner-a", "12000", "mine"));
        var counting = new CountingDynamoDb(DYNAMO_DB.client());
        var counted = new ActivityLog(counting.client(), table, clock);

        ActivityPage first = counted.of("ada", new ActivityQuery("owner-a", 1, Optional.empty()));

        assertThat(first.entries()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(counting.calls()).hasSizeLessThanOrEqualTo(4);
        assertThat(pages("owner-a", 1).stream().mapToInt(it -> it).sum()).isEqualTo(1);
    }

    @Test
    void change_is_shown_for_90_days_and_expires_then() {
        add("ada", "1", "first");
        clock.advance(ActivityLog.RETENTION.minusSeconds(1));
        assertThat(messages("ada")).containsExactly("first");

        clock.advance(Duration.ofSeconds(1));

        assertThat(messages("ada")).isEmpty();
        assertThat(DYNAMO_DB.client().scan(scan -> scan.tableName(table)).items())
                .extracting(item -> item.get(ActivityLog.EXPIRES_AT))
                .containsExactly(
                        AttributeValue.fromN(Long.toString(clock.instant().getEpochSecond())));
    }

    private List<Integer> pages(String owner, int limit) {
        var sizes = new ArrayList<Integer>();
        Optional<String> after = Optional.empty();
        do {
            ActivityPage page = log.of("ada", new ActivityQuery(owner, limit, after));
            sizes.add(page.entries().size());
            after = page.next();
        } while (after.isPresent());
        return sizes;
    }

    private List<JsonNode> all(String username, String owner) {
        return log.of(username, new ActivityQuery(owner, 100, Optional.empty())).entries().stream()
                .map(ActivityEntry::shown)
                .toList();
    }

    private List<String> messages(String username) {
        return all(username, "local").stream().map(entry -> entry.get("new").textValue()).toList();
    }
}
