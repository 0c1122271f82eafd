package dev.statuswire.types.activity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.activity.ActivityEntry;
import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.activity.ActivityQuery;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

final class ActivityRecorderTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private static final String AT = "2026-01-01T00:00:00Z";
    private static final Map<String, AttributeValue> ADA = user("Ada", "Ada Lovelace");
    private static final Map<String, AttributeValue> KING = user("Ada", "Ada King");
    private static final DynamodbStreamRecord INSERT = change("9", "INSERT", "ada", null, ADA);
    private static final DynamodbStreamRecord MODIFY = change("10", "MODIFY", "ada", ADA, KING);
    private static final DynamodbStreamRecord REMOVE = change("100", "REMOVE", "ada", KING, null);

    private final String table = "activity-" + UUID.randomUUID();
    private final FailingDynamoDb database = new FailingDynamoDb(DYNAMO_DB.client(), "bob");
    private final ActivityLog log = new ActivityLog(database, table, new ManualClock());
    private final ActivityRecorder recorder = new ActivityRecorder(log, FunctionHost.NONE);

    ActivityRecorderTest() {
        DYNAMO_DB.client().createTable(TableDefinition.ACTIVITY.named(table));
    }

    @Test
    void insert_modify_and_remove_are_stored_in_order_with_both_images() {
        assertThat(record(INSERT, MODIFY, REMOVE)).isEmpty();

        assertThat(shownTo("ada", "local"))
                .containsExactly(
                        json("INSERT", "null", shown("Ada Lovelace")),
                        json("MODIFY", shown("Ada Lovelace"), shown("Ada King")),
                        json("REMOVE", shown("Ada King"), "null"));
    }

    @Test
    void batch_that_is_delivered_twice_is_stored_once() {
        record(INSERT, MODIFY);
        record(INSERT, MODIFY, REMOVE);

        assertThat(events("ada")).containsExactly("INSERT", "MODIFY", "REMOVE");
    }

    @Test
    void username_is_case_insensitive() {
        record(INSERT);

        assertThat(shownTo("ADA", "local")).isEqualTo(shownTo("ada", "local")).hasSize(1);
    }

    @Test
    void only_the_owner_of_a_user_sees_the_changes() {
        var hers = new HashMap<>(ADA);
        hers.put("owner", text("owner-a"));

        record(change("1", "INSERT", "ada", null, hers), change("2", "REMOVE", "ada", hers, null));

        assertThat(shownTo("ada", "owner-a")).hasSize(2);
        assertThat(shownTo("ada", "owner-b")).isEmpty();
    }

    @Test
    void items_that_are_not_users_are_ignored() {
        var taken = Map.of("key", text("email#ada@example.com"), "username", text("ada"));
        var email = record("1", "INSERT", "email#ada@example.com", null, taken);

        assertThat(record(email, record("2", "INSERT", "effect#user#ada", null, Map.of())))
                .isEmpty();
        assertThat(record(record("3", "MODIFY", "tries#user#ada", Map.of(), Map.of()))).isEmpty();
        assertThat(shownTo("ada", "local")).isEmpty();
    }

    @Test
    void record_that_cannot_be_written_is_reported_and_the_following_ones_wait() {
        var bob = change("50", "INSERT", "bob", null, user("bob", "Bob"));
        database.failing = true;

        assertThat(record(INSERT, bob, MODIFY)).containsExactly("50");
        assertThat(events("ada")).containsExactly("INSERT");

        database.failing = false;
        assertThat(record(bob, MODIFY)).isEmpty();
        assertThat(events("bob")).containsExactly("INSERT");
        assertThat(events("ada")).containsExactly("INSERT", "MODIFY");
    }

    @Test
    void missing_table_makes_the_first_record_fail() {
        var nowhere =
                new ActivityRecorder(
                        new ActivityLog(DYNAMO_DB.client(), "nowhere", new ManualClock()),
                        FunctionHost.NONE);

        assertThat(record(nowhere, INSERT, MODIFY)).containsExactly("9");
    }

    @Test
    void each_change_is_logged_as_one_line_of_json() {
        var lines = new ListAppender<ILoggingEvent>();
        Logger logger = (Logger) LoggerFactory.getLogger(ActivityRecorder.class);
        lines.start();
        logger.addAppender(lines);
        try {
            record(INSERT, REMOVE);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(line -> line.getFormattedMessage().replace("user activity ", ""))
                .map(line -> Json.parse(line).orElseThrow())
                .containsExactlyElementsOf(shownTo("ada", "local"));
    }

    private List<String> record(DynamodbStreamRecord... records) {
        return record(recorder, records);
    }

    private static List<String> record(ActivityRecorder recorder, DynamodbStreamRecord... records) {
        var event = new DynamodbEvent();
        event.setRecords(List.of(records));
        return recorder.handleRequest(event, context()).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private List<JsonNode> shownTo(String username, String owner) {
        return log.of(username, new ActivityQuery(owner, 100, Optional.empty())).entries().stream()
                .map(ActivityEntry::shown)
                .toList();
    }

    private List<String> events(String username) {
        return shownTo(username, "local").stream()
                .map(entry -> entry.get("event").textValue())
                .toList();
    }

    private static DynamodbStreamRecord change(
            String sequenceNumber,
            String event,
            String username,
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        return record(sequenceNumber, event, "user#" + username, before, after);
    }

    private static DynamodbStreamRecord record(
            String sequenceNumber,
            String event,
            String key,
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        var record = new DynamodbStreamRecord();
        record.setEventName(event);
        record.setDynamodb(
                new StreamRecord()
                        .withSequenceNumber(sequenceNumber)
                        .withApproximateCreationDateTime(Date.from(Instant.parse(AT)))
                        .withKeys(Map.of("key", text(key)))
                        .withOldImage(before)
                        .withNewImage(after));
        return record;
    }

    private static Map<String, AttributeValue> user(String username, String name) {
        return Map.of(
                "username", text(username),
                "name", text(name),
                "email", text("ada@example.com"),
                "effectKey", text("internal"));
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }

    private static JsonNode json(String event, String before, String after) {
        return Json.parse(
                        "{\"event\":\"%s\",\"at\":\"%s\",\"old\":%s,\"new\":%s}"
                                .formatted(event, AT, before, after))
                .orElseThrow();
    }

    private static String shown(String name) {
        return "{\"username\":\"Ada\",\"name\":\"%s\",\"email\":\"ada@example.com\"}"
                .formatted(name);
    }

    /** A context whose methods all throw, because the recorder does not use it. */
    private static Context context() {
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (proxy, method, arguments) -> {
                            throw new UnsupportedOperationException(method.getName());
                        });
    }
}
