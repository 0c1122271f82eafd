package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract for invalid submissions and the problems that they get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BadInputContract {

    protected Door door;
    protected ApiClient client;

    /** Opens a front end with an empty store. */
    protected abstract Door open();

    @BeforeAll
    void openDoor() {
        door = open();
        client = door.client();
    }

    @AfterAll
    void closeDoor() {
        door.close();
    }

    protected final Answer put(String body) {
        return client.putJson("/requests/" + ApiClient.newId(), body);
    }

    protected final Answer order(String members) {
        return put("{\"type\":\"test-order\",\"input\":{\"dish\":\"soup\"," + members + "}}");
    }

    /**
     * Asserts that the body is refused with these pointers, or without any if the front end reports
     * none.
     */
    private void assertInvalid(Answer answer, String... pointers) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-input");
        if (door.has(Difference.NO_POINTERS)) {
            assertThat(answer.json().has("errors")).isFalse();
        } else {
            assertThat(pointers(answer)).containsExactly(pointers);
        }
    }

    protected static List<String> pointers(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-input");
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("pointer"))
                .map(JsonNode::asText)
                .toList();
    }

    private void assertNotJson(Answer answer) {
        if (door.has(Difference.NOT_JSON_IS_INVALID)) {
            assertInvalid(answer);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("not-json");
        }
    }

    /**
     * Asserts that the body is refused as not JSON, or accepted if the front end has this
     * difference.
     */
    private void assertNotJsonUnless(Difference difference, Answer answer) {
        if (door.has(difference)) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        } else {
            assertNotJson(answer);
        }
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
                "\ufeff{\"type\":\"test-any\",\"input\":{}}"
            })
    void a_body_that_is_not_json_is_400(String body) {
        assertNotJson(put(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"test-any\",\"type\":\"test-any\",\"input\":{}}",
                "{\"type\":\"no-such\",\"type\":\"test-any\",\"input\":{},\"input\":{}}"
            })
    void a_duplicate_key_is_not_json(String body) {
        assertNotJsonUnless(Difference.LAST_KEY_COUNTS, put(body));
    }

    @Test
    void a_duplicate_key_in_an_input_is_not_json() {
        for (String input : List.of("{\"a\":1,\"\\u0061\":2}", "[{\"a\":\"x\",\"a\":\"y\"}]")) {
            assertNotJson(put("{\"type\":\"test-any\",\"input\":" + input + "}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"test-any\",\"input\":\"\\ud800\"}",
                "{\"type\":\"test-any\",\"input\":{\"\\udc00\":1}}"
            })
    void an_unpaired_surrogate_is_not_json(String body) {
        assertNotJsonUnless(Difference.TEXT_IS_REPAIRED, put(body));
    }

    @Test
    void json_that_is_not_utf_8_is_400() {
        byte[] latin1 =
                "{\"type\":\"test-any\",\"input\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertNotJsonUnless(
                Difference.TEXT_IS_REPAIRED,
                client.send(
                        "PUT",
                        "/requests/" + ApiClient.newId(),
                        latin1,
                        "Content-Type",
                        "application/json"));
    }

    @Test
    void json_that_nests_too_deeply_is_400() {
        if (!door.has(Difference.DEPTH_IS_ITS_OWN)) {
            assertNotJson(nested(200));
        }
        assertNotJson(nested(30_000));
    }

    @Test
    void json_that_nests_less_deeply_is_accepted() {
        assertThat(nested(90).status()).isEqualTo(202);
    }

    private Answer nested(int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);
        return put("{\"type\":\"test-any\",\"input\":" + deep + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json5",
                "application/jsonp",
                "application/vnd.api+json",
                "application/json, text/plain",
                "application",
                "application/",
                "/json",
                "text/plain; x=application/json",
                "application/problem+json",
                "application/merge-patch+json",
                "json"
            })
    void another_media_type_is_415(String type) {
        assertThat(as(type).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json; charset=\"utf-16\"",
                "application/json; charset=utf-8; charset=us-ascii",
                "application/json; charset=",
                "application/json; charset=\"utf-8",
                "application/json; =x",
                "application/json; v",
                "application/json; v=1 2"
            })
    void another_charset_or_a_malformed_parameter_is_415(String type) {
        assertThat(as(type).status())
                .isEqualTo(door.has(Difference.MEDIA_TYPE_IS_LENIENT) ? 202 : 415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json; CHARSET=utf8",
                "application/json; charset=\"\\u\\t\\f-8\"",
                "application/json; v=1",
                "application/json; profile=\"a;b,c \\\"d\\\"; charset=latin1\"",
                "application/json;IEEE754Compatible=true",
                "application/json; charset=utf-8; x=y",
                "application/json ; ; v=1 ;"
            })
    void json_may_have_parameters_and_the_charset_utf_8(String type) {
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
    void a_missing_media_type_or_a_compressed_body_is_415() {
        String path = "/requests/" + ApiClient.newId();
        Answer none = client.send("PUT", path, new byte[] {'{', '}'});
        Answer compressed = client.putJson(path, "{}", "Content-Encoding", "gzip");
        if (door.has(Difference.MEDIA_TYPE_IS_LENIENT)) {
            assertInvalid(none);
            assertInvalid(compressed);
        } else {
            assertThat(none.status()).isEqualTo(415);
            assertThat(compressed.status()).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "\ud83c\udf5c"})
    void an_input_of_64_kib_is_accepted_and_one_byte_more_is_413(String character) {
        int bytes = character.getBytes(StandardCharsets.UTF_8).length;
        int room = 64 * 1024 - 2;
        String fits = character.repeat(room / bytes) + "x".repeat(room % bytes);
        assertThat(put("{\"type\":\"test-any\",\"input\":\"" + fits + "\"}").status())
                .isEqualTo(202);
        for (String more : List.of("x", "xx", "xxx")) {
            Answer over = put("{\"type\":\"test-any\",\"input\":\"" + fits + more + "\"}");
            assertThat(over.status()).isEqualTo(413);
            assertThat(over.problem()).isEqualTo("too-large");
        }
    }

    @Test
    void an_input_is_measured_without_white_space_and_with_escapes_resolved() {
        String room = "x".repeat(64 * 1024 - 2);
        String escaped = "\\u0078".repeat(64 * 1024 - 2);
        String space = " ".repeat(200_000);
        assertThat(put("{\"type\":\"test-any\",\"input\":" + space + "\"" + room + "\"}").status())
                .isEqualTo(202);
        assertThat(put("{\"type\":\"test-any\",\"input\":\"" + escaped + "\"}").status())
                .isEqualTo(202);
        assertThat(put("{\"type\":\"test-any\",\"input\":\"" + escaped + "\\u0078\"}").status())
                .isEqualTo(413);
    }

    @Test
    void a_body_of_a_megabyte_is_accepted_and_one_byte_more_is_413() {
        String start = "{\"type\":\"test-any\",\"input\":1";
        String body = start + " ".repeat((1 << 20) - start.length() - 1) + "}";
        assertThat(put(body).status()).isEqualTo(202);
        assertThat(put(" " + body).status()).isEqualTo(413);
    }

    @Test
    void an_input_of_too_many_values_is_413() {
        String list = "[" + "[],".repeat(40_000) + "[]]";
        assertThat(put("{\"type\":\"test-any\",\"input\":" + list + "}").status()).isEqualTo(413);
    }

    @Test
    void a_body_of_a_megabyte_is_413() {
        Answer over = put("{\"type\":\"test-any\",\"input\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(over.status()).isEqualTo(413);
    }

    @Test
    void a_body_that_is_not_a_submission_is_422_with_pointers() {
        assertInvalid(put("[]"), "");
        assertInvalid(put("null"), "");
        assertInvalid(put("{}"), "/type", "/input");
        assertInvalid(put("{\"type\":\"test-any\"}"), "/input");
        assertInvalid(put("{\"type\":7,\"input\":{}}"), "/type");
        assertInvalid(put("{\"type\":\"test-any\",\"input\":{},\"a/b~c\":1}"), "/a~1b~0c");
    }

    @Test
    void an_unknown_type_is_422() {
        assertInvalid(put("{\"type\":\"no-such\",\"input\":{}}"), "/type");
    }

    @Test
    void an_input_that_breaks_the_schema_is_422_with_pointers_into_the_body() {
        assertInvalid(
                put("{\"type\":\"test-order\",\"input\":{\"dish\":\"cake\"}}"), "/input/dish");
        assertInvalid(put("{\"type\":\"test-order\",\"input\":{}}"), "/input/dish");
        assertInvalid(put("{\"type\":\"test-order\",\"input\":null}"), "/input");
        assertInvalid(order("\"more\":1"), "/input/more");
        assertInvalid(order("\"tags\":[\"a\",7]"), "/input/tags/1");
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
        "price, -1e400",
        "price, 0.001",
        "email, '\"no-at-sign\"'",
        "email, '\"a@\"'",
        "site, '\"not a uri\"'"
    })
    void a_member_out_of_bounds_is_422(String member, String value) {
        Answer answer = order("\"" + member + "\":" + value);
        if (door.has(Difference.NO_POINTERS)) {
            assertInvalid(answer);
        } else {
            assertThat(pointers(answer)).containsOnly("/input/" + member);
        }
    }

    @Test
    void a_number_that_is_too_small_for_a_double_is_422() {
        Answer answer = order("\"price\":1e-999999999");
        if (door.has(Difference.SMALL_NUMBERS_ARE_KEPT)) {
            assertThat(answer.body()).contains("\"price\":1e-999999999");
        } else {
            assertInvalid(answer, "/input/price");
        }
    }

    @Test
    void a_number_that_is_too_long_or_too_large_is_400_or_422() {
        assertThat(order("\"price\":1e99999999999999999999").status()).isIn(400, 422);
        assertThat(order("\"price\":" + "9".repeat(5000)).status()).isIn(400, 422);
    }

    @Test
    void problem_of_a_body_that_is_not_json_names_the_broken_rule() {
        if (!door.has(Difference.NOT_JSON_IS_INVALID)) {
            assertDetail(put("{"), "The text is not exactly one JSON value.");
            assertDetail(put("{\"a\":1,\"a\":2}"), "An object contains the same key twice.");
            assertDetail(put("[".repeat(101)), "The text nests deeper than 100 levels.");
            assertDetail(put("9".repeat(1001)), "A number has more than 1000 characters.");
            assertDetail(put("1e99999999999"), "The exponent of a number is too large.");
            assertDetail(put("\"\\ud800\""), "A string contains an unpaired surrogate.");
        }
    }

    private void assertDetail(Answer answer, String detail) {
        assertNotJson(answer);
        assertThat(answer.json().path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void a_type_that_accepts_anything_refuses_a_number_out_of_range() {
        assertInvalid(
                put("{\"type\":\"test-any\",\"input\":{\"a\":[1,1e999999999]}}"), "/input/a/1");
    }

    @Test
    void a_thousand_errors_are_not_all_reported() {
        String tags = "1,".repeat(1000) + "1";
        assertThat(pointers(order("\"tags\":[" + tags + "]"))).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void a_thousand_unknown_members_or_numbers_out_of_range_are_not_all_reported() {
        if (!door.has(Difference.NO_POINTERS)) {
            String members =
                    IntStream.range(0, 1000)
                            .mapToObj(i -> "\"m" + i + "\":1")
                            .collect(Collectors.joining(","));
            assertThat(pointers(put("{" + members + "}"))).hasSizeLessThanOrEqualTo(52);
            String numbers = "[" + "1e400,".repeat(1000) + "1]";
            assertThat(pointers(put("{\"type\":\"test-any\",\"input\":" + numbers + "}")))
                    .hasSizeLessThanOrEqualTo(50);
        }
    }

    @Test
    void errors_with_long_pointers_give_a_response_of_bounded_size() {
        if (!door.has(Difference.NO_POINTERS)) {
            String key = "k".repeat(50_000);
            String numbers = "[" + "1e400,".repeat(1000) + "1]";
            String input = "{\"" + key + "\":" + numbers + "}";
            assertThat(put("{\"type\":\"test-any\",\"input\":" + input + "}").body().length())
                    .isLessThan(500_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "~shorty",
                "~~twice-000",
                "a-tilde~-00",
                "with.dots.in.it",
                "%20%20%20%20%20%20%20%20",
                "caf%C3%A9-latte"
            })
    void a_malformed_id_is_400(String id) {
        String any = "{\"type\":\"test-any\",\"input\":{}}";
        assertThat(client.putJson("/requests/" + id, any).status()).isEqualTo(400);
        assertThat(client.get("/status/" + id).status()).isEqualTo(400);
        assertThat(client.post("/requests/" + id + "/cancel").status()).isEqualTo(400);
        assertThat(client.post("/requests/" + id + "/retry").status()).isEqualTo(400);
    }

    @Test
    void an_id_with_a_tilde_but_no_uuidv7_can_be_read_but_not_put() {
        String id = "~" + UUID.randomUUID();
        String any = "{\"type\":\"test-any\",\"input\":{}}";
        assertThat(client.putJson("/requests/" + id, any).problem()).isEqualTo("malformed-request");
        assertThat(client.get("/status/" + id).problem()).isEqualTo("not-found");
        assertThat(client.get("/status/%7E" + id.substring(1)).problem()).isEqualTo("not-found");
        assertThat(client.post("/requests/" + id + "/cancel").problem()).isEqualTo("not-found");
        assertThat(client.post("/requests/" + id + "/retry").problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Range", "content-range", "CONTENT-RANGE"})
    void a_put_with_a_content_range_is_400_and_not_stored(String header) {
        String id = ApiClient.newId();
        Answer part =
                client.putJson(
                        "/requests/" + id,
                        "{\"type\":\"test-any\",\"input\":{}}",
                        header,
                        "bytes 0-27/100");

        assertThat(part.status()).isEqualTo(400);
        assertThat(part.problem()).isEqualTo("malformed-request");
        assertThat(part.json().path("detail").asText()).contains("Content-Range");
        assertThat(client.get("/status/" + id).status()).isEqualTo(404);
    }

    @Test
    void an_id_of_65_characters_is_400_and_one_of_64_is_accepted() {
        String any = "{\"type\":\"test-any\",\"input\":{}}";
        assertThat(client.putJson("/requests/" + "x".repeat(65), any).status()).isEqualTo(400);
        assertThat(client.putJson("/requests/" + "x".repeat(2000), any).status()).isEqualTo(400);
        assertThat(client.get("/status/~" + "x".repeat(65)).status()).isEqualTo(400);
        assertThat(client.putJson("/requests/" + "x".repeat(64), any).status()).isEqualTo(202);
        assertThat(client.putJson("/requests/" + "x".repeat(8), any).status()).isEqualTo(202);
    }

    @Test
    void refused_submissions_are_not_stored() {
        ApiClient refused = client.as("refused");
        String path = "/requests/" + ApiClient.newId();
        refused.putJson(path, "{");
        refused.putJson(path, "{\"type\":\"test-order\",\"input\":{}}");
        refused.putJson(path, "{\"type\":\"test-any\",\"input\":\"" + "x".repeat(70_000) + "\"}");
        refused.putJson("/requests/short", "{\"type\":\"test-any\",\"input\":{}}");
        assertThat(refused.get("/requests").json().path("requests")).isEmpty();
    }
}
