package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contract for items that another program or another release wrote to the table. */
public abstract class ForeignItemContract {

    private static final String INPUT = "{\"dish\":\"soup\"}";
    private static final String SAME = "{\"type\":\"test-order\",\"input\":" + INPUT + "}";
    private static final String OTHER = "{\"type\":\"test-any\",\"input\":7}";
    private static final String HOSTILE = "it's \\ \"$input.body\" #end \u2028 漢\ud83c\udf5c";

    private final StatusDocuments documents = new StatusDocuments(TestTypes.all());
    private final RequestKey key = new RequestKey("local", ApiClient.newId());
    private final String requestPath = "/requests/" + key.id();
    private final String statusPath = "/status/" + key.id();
    private final Map<String, AttributeValue> item = new HashMap<>();
    private Door door;
    private ApiClient client;

    /** Returns a client of the table's database. */
    protected abstract DynamoDbClient dynamoDb();

    /** Returns the name of an empty requests table; each call returns the same one. */
    protected abstract String table();

    /** Opens a front end with that table. */
    protected abstract Door open();

    @BeforeEach
    void openDoor() {
        door = open();
        client = door.client();
        item.putAll(
                ApiServer.Parts.TRANSITIONS.submit(
                        key,
                        new Submission(TestTypes.ORDER, INPUT),
                        Instant.parse("2026-11-21T10:00:00.009Z")));
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    private void store() {
        dynamoDb().putItem(put -> put.tableName(table()).item(item));
    }

    private Map<String, AttributeValue> stored() {
        return dynamoDb()
                .getItem(get -> get.tableName(table()).key(Item.key(key)).consistentRead(true))
                .item();
    }

    private Answer read(String... headers) {
        return client.get(statusPath, headers);
    }

    /** Reads the document, and asserts that it is the one that the API creates from the item. */
    private Answer shown() {
        Answer answer = read();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(Json.write(answer.json()))
                .isEqualTo(Json.write(documents.of(Item.read(item).orElseThrow())));
        return answer;
    }

    @Test
    void entity_tag_of_a_deleted_request_does_not_match_a_new_request_under_its_id() {
        Answer first = client.putJson(requestPath, SAME);
        String tag = read().header("ETag");
        dynamoDb().deleteItem(delete -> delete.tableName(table()).key(Item.key(key)));
        Answer second = client.putJson(requestPath, OTHER);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("version")).isEqualTo(first.json().path("version"));
        assertThat(second.json().path("life")).isNotEqualTo(first.json().path("life"));
        Answer news = read("If-None-Match", tag);
        assertThat(news.status()).isEqualTo(200);
        assertThat(news.header("ETag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JKJaXmPLvHcESHA=",
                "a+/b==",
                "a.c",
                ".*",
                "[a-z]+(",
                "\\Q",
                "$life",
                "$1",
                "#end",
                "it's",
                "W/",
                "a,b",
                "*",
                "-",
                ""
            })
    void life_is_compared_as_text(String life) {
        item.put(Item.LIFE, AttributeValue.fromS(life));
        store();
        String tag = "\"" + life + "-1\"";

        assertThat(shown().header("ETag")).isEqualTo(tag);
        assertThat(read("If-None-Match", tag).status()).isEqualTo(304);
        assertThat(read("If-None-Match", "W/\"x\", W/" + tag).status()).isEqualTo(304);
        for (String other : List.of("abc", "xyz", "aabb", "x" + life, life + "x")) {
            assertThat(read("If-None-Match", "\"" + other + "-1\"").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "\"", "a\nb", "é", "\u007f"})
    void life_that_an_entity_tag_cannot_contain_leaves_it_out(String life) {
        item.put(Item.LIFE, AttributeValue.fromS(life));
        store();

        assertThat(shown().has("ETag")).isFalse();
        assertThat(read("If-None-Match", "\"-1\"").status()).isEqualTo(200);
        assertThat(read("If-None-Match", "*").status()).isEqualTo(304);
    }

    @Test
    void life_that_is_too_long_for_a_header_leaves_the_entity_tag_out() {
        item.put(Item.LIFE, AttributeValue.fromS("x".repeat(20_000)));
        store();

        assertThat(shown().has("ETag")).isFalse();
    }

    @Test
    void request_with_an_id_that_the_server_chose_is_shown() {
        item.put(Item.ID, AttributeValue.fromS("~" + key.id()));
        store();

        Answer answer = client.get("/status/~" + key.id());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/links/self").asText()).isEqualTo("/status/~" + key.id());
        assertThat(client.get(answer.json().at("/links/self").asText()).json())
                .isEqualTo(answer.json());
        assertThat(read().status()).isEqualTo(404);
    }

    @Test
    void request_without_a_life_has_null_as_life_and_none_in_its_entity_tag() {
        item.remove(Item.LIFE);
        store();

        Answer answer = shown();
        assertThat(answer.json().path("life").isNull()).isTrue();
        assertThat(answer.header("ETag")).isEqualTo("\"-1\"");
        assertThat(read("If-None-Match", "\"-1\"").status()).isEqualTo(304);
        assertThat(read("If-None-Match", "\"1\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAUSED", "UNKNOWN", "accepted", "", HOSTILE})
    void status_of_a_newer_release_is_shown_and_offers_neither_cancel_nor_retry(String status) {
        item.put(Item.STATUS, AttributeValue.fromS(status));
        item.put(Item.STEPS, AttributeValue.fromL(List.of(step("RUNNING"), step("FAILED"))));
        item.put(Item.FORMAT, AttributeValue.fromN("3"));
        item.put("ofANewerRelease", AttributeValue.fromBool(true));
        store();

        Answer answer = shown();
        assertThat(answer.json().path("status").asText()).isEqualTo(status);
        assertThat(answer.json().at("/steps/0/status").asText()).isEqualTo("RUNNING");
        assertThat(answer.json().at("/links/cancel").isNull()).isTrue();
        assertThat(answer.json().at("/links/retry").isNull()).isTrue();
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        Answer again = client.putJson(requestPath, SAME);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(answer.json());
        assertThat(client.putJson(requestPath, OTHER).status()).isEqualTo(409);
        assertThat(stored()).isEqualTo(item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKIPPED", "UNKNOWN", "running", "", HOSTILE})
    void step_status_of_a_newer_release_is_shown(String status) {
        item.put(Item.STEPS, AttributeValue.fromL(List.of(step(status), step("PENDING"))));
        store();

        assertThat(shown().json().at("/steps/0/status").asText()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, false", "3, true", "12, true"})
    void request_in_a_format_of_a_newer_release_cannot_be_changed(int format, boolean newer) {
        item.put(Item.FORMAT, AttributeValue.fromN(Integer.toString(format)));
        item.put(Item.STATUS, AttributeValue.fromS("FAILED"));
        store();

        assertThat(shown().json().at("/links/retry").isNull()).isEqualTo(newer);
    }

    private static AttributeValue step(String status) {
        return AttributeValue.fromM(
                Map.of(
                        "name", AttributeValue.fromS("step of " + status),
                        "status", AttributeValue.fromS(status),
                        "startedAt", AttributeValue.fromS("2026-11-21T10:00:01.000Z"),
                        "output", AttributeValue.fromS("[1]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPTED", "RUNNING", "RETRYING", "SUCCEEDED", "FAILED", "CANCELLED"})
    void steps_are_shown_by_the_status_of_their_request(String status) {
        item.put(Item.STATUS, AttributeValue.fromS(status));
        item.put(
                Item.STEPS,
                AttributeValue.fromL(
                        List.of(
                                step("SUCCEEDED"),
                                step("FAILED"),
                                step("RUNNING"),
                                step("CANCELLED"),
                                step("PENDING"))));
        store();

        shown();
    }

    static List<Arguments> incompleteItems() {
        return List.of(
                broken(Item.TYPE, null),
                broken(Item.TYPE, AttributeValue.fromN("1")),
                broken(Item.INPUT, null),
                broken(Item.INPUT, AttributeValue.fromN("5")),
                broken(Item.INPUT, AttributeValue.fromM(Map.of())),
                broken(Item.STATUS, null),
                broken(Item.STATUS, AttributeValue.fromBool(true)),
                broken(Item.VERSION, null),
                broken(Item.VERSION, AttributeValue.fromS("1")),
                broken(Item.VERSION, AttributeValue.fromN("0")),
                broken(Item.VERSION, AttributeValue.fromN("-1")));
    }

    private static Arguments broken(String attribute, @Nullable AttributeValue value) {
        return Arguments.of(attribute, value);
    }

    @ParameterizedTest
    @MethodSource("incompleteItems")
    void item_without_type_input_status_or_version_is_unreadable_and_unchanged(
            String attribute, @Nullable AttributeValue value) {
        storeWith(attribute, value);

        assertUnreadable(read(), statusPath);
        assertUnreadable(read("If-None-Match", "*"), statusPath);
        assertUnreadable(client.putJson(requestPath, SAME), requestPath);
        assertUnreadable(client.putJson(requestPath, OTHER), requestPath);
        assertUnreadable(client.post(requestPath + "/cancel"), requestPath + "/cancel");
        assertThat(stored()).isEqualTo(item);
    }

    private void storeWith(String attribute, @Nullable AttributeValue value) {
        if (value == null) {
            item.remove(attribute);
        } else {
            item.put(attribute, value);
        }
        store();
    }

    private void assertUnreadable(Answer answer, String instance) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("unreadable");
        assertThat(answer.json().path("detail").asText()).contains(key.id());
        assertThat(answer.json().path("instance").asText()).isEqualTo(instance);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.has("ETag")).isFalse();
    }

    static List<Arguments> requestsWithABrokenAttribute() {
        var empty = AttributeValue.fromM(Map.of());
        var text = AttributeValue.fromS("1");
        var code = AttributeValue.fromM(Map.of("code", text));
        var stepError = AttributeValue.fromM(Map.of("name", text, "status", text, "error", code));
        var percent = AttributeValue.fromM(Map.of("message", text, "percent", text));
        return List.of(
                broken(Item.VERSION, AttributeValue.fromN("1.5")),
                broken(Item.FORMAT, text),
                broken(Item.FENCE, AttributeValue.fromN("-1")),
                broken(Item.ATTEMPT, AttributeValue.fromN("0.5")),
                broken(Item.ATTEMPT, text),
                broken(Item.FAILURES, AttributeValue.fromN("12345678901")),
                broken(Item.PROGRESS, empty),
                broken(Item.PROGRESS, percent),
                broken(Item.ERROR, code),
                broken(Item.STEPS, AttributeValue.fromL(List.of(step("PENDING"), text))),
                broken(Item.STEPS, AttributeValue.fromL(List.of(empty))),
                broken(Item.STEPS, AttributeValue.fromL(List.of(stepError))));
    }

    @ParameterizedTest
    @MethodSource("requestsWithABrokenAttribute")
    void request_with_a_broken_attribute_is_unreadable_and_unchanged(
            String attribute, @Nullable AttributeValue value) {
        storeWith(attribute, value);

        assertUnreadable(read(), statusPath);
        assertUnreadable(client.putJson(requestPath, SAME), requestPath);
        Answer other = client.putJson(requestPath, OTHER);
        if (door.has(Difference.CONTENT_IS_COMPARED_FIRST)) {
            assertThat(other.status()).isEqualTo(409);
        } else {
            assertUnreadable(other, requestPath);
        }
        assertThat(stored()).isEqualTo(item);
    }

    @Test
    void absent_attributes_count_as_zero_or_empty() {
        item.keySet()
                .retainAll(
                        List.of(
                                Item.OWNER,
                                Item.ID,
                                Item.TYPE,
                                Item.INPUT,
                                Item.STATUS,
                                Item.VERSION));
        var message = AttributeValue.fromS("half-way");
        item.put(Item.PROGRESS, AttributeValue.fromM(Map.of("message", message)));
        store();

        assertThat(shown().json().at("/progress/percent").asInt(-1)).isZero();
    }

    @Test
    void unreadable_entries_of_the_history_are_left_out() {
        String at = "2026-11-21T10:00:00.000Z";
        storeWith(
                Item.HISTORY,
                AttributeValue.fromL(
                        List.of(
                                AttributeValue.fromS("2 " + at + " failed system " + HOSTILE),
                                AttributeValue.fromS(HOSTILE),
                                AttributeValue.fromS(""),
                                AttributeValue.fromS("0 " + at + " failed system"),
                                AttributeValue.fromS("3 2026-11-21 failed system"),
                                AttributeValue.fromS("3 " + at + " failed"),
                                AttributeValue.fromS("3 " + at + " failed "),
                                AttributeValue.fromS("3 " + at + " FAILED system"),
                                AttributeValue.fromS("3 " + at + " failed system "),
                                AttributeValue.fromN("7"),
                                AttributeValue.fromBool(true),
                                AttributeValue.fromM(Map.of()),
                                AttributeValue.fromS("3 " + at + " approved link two words"),
                                AttributeValue.fromS("4 " + at + " retried owner"))));

        JsonNode history = shown().json().path("history");

        assertThat(history.findValuesAsText("version")).containsExactly("2", "3", "4");
        assertThat(history.findValuesAsText("by")).containsExactly("system", "link", "owner");
        assertThat(history.findValuesAsText("code")).containsExactly(HOSTILE, "two words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notAList", ""})
    void history_that_is_not_a_list_counts_as_empty(String text) {
        storeWith(Item.HISTORY, AttributeValue.fromS(text));

        assertThat(shown().json().path("history")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-21", "", HOSTILE})
    void request_with_a_text_that_is_not_a_time_is_unreadable(String time) {
        storeWith(Item.CREATED_AT, AttributeValue.fromS(time));

        if (door.has(Difference.TIMES_ARE_NOT_READ)) {
            assertThat(read().json().path("createdAt").isNull()).isTrue();
        } else {
            assertUnreadable(read(), statusPath);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T10:00:00Z", "2026-11-21T10:00:00.000000Z"})
    void time_may_be_written_in_another_format(String time) {
        storeWith(Item.UPDATED_AT, AttributeValue.fromS(time));

        if (door.has(Difference.TIMES_ARE_NOT_READ)) {
            assertThat(read().json().path("updatedAt").isNull()).isTrue();
        } else {
            assertThat(shown().json().path("updatedAt").asText())
                    .isEqualTo("2026-11-21T10:00:00.000Z");
        }
    }

    @ParameterizedTest
    @MethodSource("itemsOfOtherPrograms")
    void item_of_another_program_is_not_found_and_never_overwritten(
            Map<String, AttributeValue> attributes) {
        item.clear();
        item.putAll(Item.key(key));
        item.putAll(attributes);
        store();

        assertThat(read().status()).isEqualTo(404);
        assertThat(read().problem()).isEqualTo("not-found");
        assertUnreadable(client.putJson(requestPath, SAME), requestPath);
        assertThat(stored()).isEqualTo(item);
    }

    static List<Map<String, AttributeValue>> itemsOfOtherPrograms() {
        var number = AttributeValue.fromN("5");
        return List.of(
                Map.of(),
                Map.of("colour", AttributeValue.fromS("red")),
                Map.of(Item.INPUT, number),
                Map.of(Item.INPUT, AttributeValue.fromS(INPUT), Item.VERSION, number),
                Map.of(Item.VERSION, number, Item.DUE_AT, number));
    }
}
