package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.RawHttp;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BadInputTest {

    private final InMemoryRequestStore store =
            new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
    private final ApiServer server = ApiServer.start(new ApiServer.Parts(store, store));
    private final ApiClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer put(String body) {
        return client.putJson("/requests/" + ApiClient.newId(), body);
    }

    private Answer order(String members) {
        return put("{\"type\":\"test-order\",\"input\":{\"dish\":\"soup\"," + members + "}}");
    }

    private static List<String> pointers(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-input");
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("pointer"))
                .map(JsonNode::asText)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "hello",
                "{'type':1}",
                "{\"type\":\"test-any\",\"input\":{}} {}",
                "{\"type\":\"test-any\",\"input\":{},}",
                "{\"type\":\"test-any\",\"input\":NaN}",
                "{\"type\":\"test-any\",\"input\":01}",
                "{\"type\":\"test-any\",\"type\":\"test-any\",\"input\":{}}",
                "{\"type\":\"test-any\",\"input\":{\"a\":1,\"\\u0061\":2}}",
                "{\"type\":\"test-any\",\"input\":\"\\ud800\"}",
                "{\"type\":\"test-any\",\"input\":{\"\\udc00\":1}}",
                "\ufeff{\"type\":\"test-any\",\"input\":{}}"
            })
    void what_is_not_json_is_400(String body) {
        Answer answer = put(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("not-json");
    }

    @Test
    void json_that_is_not_utf_8_is_400() {
        byte[] latin1 =
                "{\"type\":\"test-any\",\"input\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer =
                client.send(
                        "PUT",
                        "/requests/" + ApiClient.newId(),
                        latin1,
                        "Content-Type",
                        "application/json");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void json_that_nests_too_deeply_is_400() {
        for (int depth : List.of(200, 30_000)) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            assertThat(put("{\"type\":\"test-any\",\"input\":" + deep + "}").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void what_nests_less_deeply_is_fine() {
        String deep = "[".repeat(90) + "]".repeat(90);
        assertThat(put("{\"type\":\"test-any\",\"input\":" + deep + "}").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json5",
                "application/problem+json",
                "application/merge-patch+json",
                "application/json; charset=iso-8859-1",
                "application/json; profile=x",
                "json"
            })
    void another_media_type_is_415(String type) {
        assertThat(as(type).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\""
            })
    void json_may_say_its_charset(String type) {
        assertThat(as(type).status()).isEqualTo(202);
    }

    private Answer as(String type) {
        return client.send(
                "PUT",
                "/requests/" + ApiClient.newId(),
                "{\"type\":\"test-any\",\"input\":{}}".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                type);
    }

    @Test
    void no_media_type_and_a_compressed_body_are_415() {
        String path = "/requests/" + ApiClient.newId();
        assertThat(client.send("PUT", path, new byte[] {'{', '}'}).status()).isEqualTo(415);
        assertThat(client.putJson(path, "{}", "Content-Encoding", "gzip").status()).isEqualTo(415);
    }

    @Test
    void an_input_of_64_kib_is_accepted_and_one_byte_more_is_413() {
        String fits = "é".repeat(32 * 1024 - 1);
        assertThat(put("{\"type\":\"test-any\",\"input\":\"" + fits + "\"}").status())
                .isEqualTo(202);
        Answer over = put("{\"type\":\"test-any\",\"input\":\"" + fits + "x\"}");
        assertThat(over.status()).isEqualTo(413);
        assertThat(over.problem()).isEqualTo("too-large");
    }

    @Test
    void a_body_of_a_megabyte_is_413() {
        Answer over = put("{\"type\":\"test-any\",\"input\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(over.status()).isEqualTo(413);
    }

    @Test
    void a_body_that_is_no_submission_is_422_with_pointers() {
        assertThat(pointers(put("[]"))).containsExactly("");
        assertThat(pointers(put("null"))).containsExactly("");
        assertThat(pointers(put("{}"))).containsExactly("/type", "/input");
        assertThat(pointers(put("{\"type\":\"test-any\"}"))).containsExactly("/input");
        assertThat(pointers(put("{\"type\":7,\"input\":{}}"))).containsExactly("/type");
        assertThat(pointers(put("{\"type\":\"test-any\",\"input\":{},\"a/b~c\":1}")))
                .containsExactly("/a~1b~0c");
    }

    @Test
    void an_unknown_type_is_422() {
        assertThat(pointers(put("{\"type\":\"no-such\",\"input\":{}}"))).containsExactly("/type");
    }

    @Test
    void what_the_schema_does_not_accept_is_422_with_pointers_into_the_body() {
        assertThat(pointers(put("{\"type\":\"test-order\",\"input\":{\"dish\":\"cake\"}}")))
                .containsExactly("/input/dish");
        assertThat(pointers(put("{\"type\":\"test-order\",\"input\":{}}")))
                .containsExactly("/input/dish");
        assertThat(pointers(put("{\"type\":\"test-order\",\"input\":null}")))
                .containsExactly("/input");
        assertThat(pointers(order("\"more\":1"))).containsExactly("/input/more");
        assertThat(pointers(order("\"tags\":[\"a\",7]"))).containsExactly("/input/tags/1");
    }

    @ParameterizedTest
    @CsvSource({
        "quantity, 0",
        "quantity, 21",
        "quantity, 1.5",
        "quantity, 1e20",
        "quantity, 99999999999999999999",
        "quantity, '\"1\"'",
        "quantity, 1e999999999",
        "price, 1e999999999",
        "price, 1e-999999999",
        "price, -1e400",
        "price, 0.001",
        "email, '\"nobody\"'",
        "email, '\"a@\"'",
        "site, '\"not a uri\"'"
    })
    void a_member_out_of_bounds_is_422(String member, String value) {
        assertThat(pointers(order("\"" + member + "\":" + value))).containsOnly("/input/" + member);
    }

    @Test
    void a_number_without_a_value_is_refused_without_fuss() {
        assertThat(order("\"price\":1e99999999999999999999").status()).isIn(400, 422);
        assertThat(order("\"price\":" + "9".repeat(5000)).status()).isIn(400, 422);
    }

    @Test
    void a_type_that_takes_anything_does_not_take_what_nobody_can_read() {
        assertThat(pointers(put("{\"type\":\"test-any\",\"input\":{\"a\":[1,1e999999999]}}")))
                .containsExactly("/input/a/1");
    }

    @Test
    void a_pattern_that_would_never_end_is_given_up() {
        assertThat(pointers(order("\"code\":\"" + "a".repeat(60_000) + "!\"")))
                .containsExactly("/input/code");
        assertThat(pointers(order("\"code\":\"" + "a".repeat(40) + "!\"")))
                .containsExactly("/input/code");
    }

    @Test
    void a_pattern_that_would_use_up_the_stack_is_given_up() {
        Answer answer = order("\"words\":\"" + "ab".repeat(30_000) + "\"");
        assertThat(answer.status()).isIn(202, 422);
    }

    @Test
    void a_thousand_errors_are_not_all_told() {
        String tags = "1,".repeat(1000) + "1";
        assertThat(pointers(order("\"tags\":[" + tags + "]"))).hasSizeLessThanOrEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short", "with.dots.in.it", "%20%20%20%20%20%20%20%20", "caf%C3%A9-latte"})
    void a_malformed_id_is_400(String id) {
        String any = "{\"type\":\"test-any\",\"input\":{}}";
        assertThat(client.putJson("/requests/" + id, any).status()).isEqualTo(400);
        assertThat(client.get("/status/" + id).status()).isEqualTo(400);
        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(400);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status/%u0041", "/problems/%u0041", "/nowhere/%u0041", "/types%u"})
    void a_path_that_is_not_percent_encoded_is_400(String path) {
        String answer = RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: 127.0.0.1");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }

    @Test
    void an_id_of_65_characters_is_400_and_one_of_64_is_fine() {
        String any = "{\"type\":\"test-any\",\"input\":{}}";
        assertThat(client.putJson("/requests/" + "x".repeat(65), any).status()).isEqualTo(400);
        assertThat(client.putJson("/requests/" + "x".repeat(64), any).status()).isEqualTo(202);
        assertThat(client.putJson("/requests/" + "x".repeat(8), any).status()).isEqualTo(202);
    }

    @Test
    void nothing_of_what_was_refused_is_stored() {
        put("{");
        put("{\"type\":\"test-order\",\"input\":{}}");
        assertThat(client.get("/requests").json().path("requests")).isEmpty();
    }
}
