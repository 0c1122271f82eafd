package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract for texts that have a meaning in a language on their way through the system: they
 * are stored and returned unchanged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HostileContract {

    private Door door;

    /** Opens a front end with an empty store. */
    protected abstract Door open();

    @BeforeAll
    void openDoor() {
        door = open();
    }

    @AfterAll
    void closeDoor() {
        door.close();
    }

    static String[] texts() {
        return new String[] {
            "it's",
            "''",
            "\"",
            "\\",
            "\\'",
            "\\\\'",
            "\\\"",
            "\"}}, \"owner\": {\"S\": \"mallory\"",
            "$input",
            "$input.body",
            "$util.escapeJavaScript('x')",
            "${context.authorizer.claims.sub}",
            "$!{foo}$foo.bar()",
            "#set($id = 'other')",
            "#set($context.responseOverride.status = 500)",
            "#foreach($i in [1..1000000])x#end",
            "#if(true)yes#else no#end",
            "## comment",
            "#* block *# #[[ raw ]]#",
            "$class.inspect('java.lang.Runtime').type",
            "$1 \\1 $0",
            "\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f\u0080\u009f",
            "\u2028\u2029\ufeff\ufffe",
            "</script><!-- & -->",
            "é ß 漢字 \ud83c\udf5c \ud800\udc00",
            "@{table} @text($id) @include(x)",
            "%s %n {} [] : , /"
        };
    }

    private static String submission(JsonNode input) {
        var body = Json.MAPPER.createObjectNode().put("type", "test-any");
        body.set("input", input);
        return Json.write(body);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_hostile_text_in_an_input_is_unchanged(String text) {
        var input = Json.MAPPER.createObjectNode().put("text", text);
        input.put(text, 1).putArray("list").add(text);
        assertKept("local", input);
        assertKept("local", TextNode.valueOf(text));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_hostile_text_as_owner_is_unchanged(String owner) {
        assertKept(owner, TextNode.valueOf("x"));
    }

    private JsonNode kept(JsonNode input) {
        return door.has(Difference.TEXT_IS_REPAIRED)
                ? Json.parse(Json.write(input).replace("\u007f", "")).orElseThrow()
                : input;
    }

    private void assertKept(String owner, JsonNode input) {
        String id = ApiClient.newId();
        ApiClient client = door.client().as(owner);
        Answer accepted = client.putJson("/requests/" + id, submission(input));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        JsonNode kept = kept(input);
        assertThat(accepted.json().path("input")).isEqualTo(kept);
        Request stored = door.store().find(new RequestKey(owner, id)).orElseThrow();
        assertThat(Json.parse(stored.input())).contains(kept);
        assertThat(stored.type()).isEqualTo("test-any");
        assertThat(stored.status()).isEqualTo(Status.ACCEPTED);
        assertThat(client.putJson("/requests/" + id, submission(input)).status()).isEqualTo(200);
        assertThat(client.get("/status/" + id).json()).isEqualTo(accepted.json());
        assertThat(door.client().as("another-owner").get("/status/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"owner\":\"mallory\"",
                "\"status\":\"SUCCEEDED\"",
                "\"version\":7",
                "\"id\":\"another-id-0\"",
                "\"result\":\"{}\"",
                "\"$type\":\"x\"",
                "\"#end\":1",
                "\"\":0"
            })
    void a_body_with_an_unknown_member_is_refused(String member) {
        String id = ApiClient.newId();
        String body = "{\"type\":\"test-any\",\"input\":{}," + member + "}";
        assertThat(door.client().putJson("/requests/" + id, body).status()).isEqualTo(422);
        assertThat(door.store().find(new RequestKey("local", id))).isEmpty();
    }

    @Test
    void an_input_that_looks_like_an_item_changes_no_attribute() {
        var input = Json.MAPPER.createObjectNode().put("owner", "mallory").put("version", 7);
        input.put("status", "SUCCEEDED").putObject("S").put("N", "1");
        assertKept("local", input);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_hostile_text_as_type_is_an_unknown_type(String type) {
        var body = Json.MAPPER.createObjectNode().put("type", type).put("input", 1);
        String path = "/requests/" + ApiClient.newId();
        assertThat(door.client().putJson(path, Json.write(body)).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%22%7D%7D%2C%20%22",
                "$input.body",
                "%23set($a=1)",
                "%5C%5C%5C%5C%5C%5C%5C%5C",
                "aaaaaaaa%0A",
                "%01aaaaaaa",
                "%F0%9F%8D%9C%F0%9F%8D%9Caaaa",
                "aaaaaaa'",
                "aaaa+aaaa"
            })
    void a_hostile_text_as_id_is_400(String id) {
        Answer put = door.client().putJson("/requests/" + id, submission(TextNode.valueOf("x")));
        assertThat(put.status()).as(put.body()).isEqualTo(400);
        assertThat(put.problem()).isEqualTo("malformed-request");
        Answer get = door.client().get("/status/" + id);
        assertThat(get.status()).as(get.body()).isEqualTo(400);
        assertThat(get.problem()).isEqualTo("malformed-request");
    }
}
