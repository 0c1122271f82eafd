package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ResponseSizeLimit;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.testing.DynamoDbLocal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

final class ListTest {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MAX_BATCH = 25;
    private static final String TABLE = LOCAL.newRequestsTable();
    private static final DynamoDbRequestStore STORE =
            new DynamoDbRequestStore(LOCAL.client(), TABLE, ApiServer.Parts.TRANSITIONS);
    private static final ApiServer SERVER =
            ApiServer.over(LOCAL.client(), TABLE, parts -> parts.owners(ApiClient::ownerOf));

    /** Each test has its own owner. */
    private final String owner = UUID.randomUUID().toString();

    private final ApiClient client = SERVER.client().as(owner);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static void submit(String owner, String id, String type) {
        STORE.submit(new RequestKey(owner, id), new Submission(type, "{\"dish\":\"soup\"}"), NOW);
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("requests").spliterator(), false)
                .map(request -> request.path("id").asText())
                .toList();
    }

    @Test
    void an_empty_list_has_no_next_page() {
        Answer answer = client.get("/requests");
        assertThat(ids(answer)).isEmpty();
        assertThat(answer.json().path("next").isNull()).isTrue();
    }

    @Test
    void a_new_request_is_listed_at_once_and_first() {
        submit(owner, "a-first-one", TestTypes.ANY);
        String id =
                client.putJson("/requests/b-second-one", "{\"type\":\"test-any\",\"input\":{}}")
                        .json()
                        .path("id")
                        .asText();
        assertThat(ids(client.get("/requests"))).containsExactly(id, "a-first-one");
    }

    @Test
    void pages_are_consecutive_and_end() {
        for (int i = 0; i < 7; i++) {
            submit(owner, "request-" + i, TestTypes.ANY);
        }
        var all = new ArrayList<String>();
        String query = "?limit=3";
        JsonNode next;
        do {
            Answer page = client.get("/requests" + query);
            assertThat(ids(page)).hasSizeLessThanOrEqualTo(3);
            all.addAll(ids(page));
            next = page.json().path("next");
            query = "?limit=3&cursor=" + next.asText();
        } while (!next.isNull());
        assertThat(all)
                .containsExactly(
                        "request-6",
                        "request-5",
                        "request-4",
                        "request-3",
                        "request-2",
                        "request-1",
                        "request-0");
    }

    @Test
    void a_page_is_sorted_newest_first_regardless_of_the_ids() {
        List<String> oldestFirst = List.of("zz-order-1", "~order-12", "mm-order-1", "aa-order-1");
        for (int n = 0; n < 4; n++) {
            STORE.submit(
                    new RequestKey(owner, oldestFirst.get(n)),
                    new Submission(TestTypes.ANY, "{}"),
                    NOW.plusSeconds(n));
        }
        assertThat(ids(client.get("/requests"))).isEqualTo(oldestFirst.reversed());
        Answer first = client.get("/requests?limit=2");
        assertThat(ids(first)).containsExactly("~order-12", "zz-order-1");
        assertThat(ids(client.get("/requests?cursor=" + first.json().path("next").asText())))
                .containsExactly("aa-order-1", "mm-order-1");
    }

    @Test
    void a_list_is_filtered_by_status_and_type() {
        submit(owner, "an-order-1", TestTypes.ORDER);
        submit(owner, "an-order-2", TestTypes.ORDER);
        submit(owner, "any-thing-1", TestTypes.ANY);
        client.post("/requests/an-order-1/cancel");
        assertThat(ids(client.get("/requests?status=CANCELLED"))).containsExactly("an-order-1");
        assertThat(ids(client.get("/requests?status=CANCELLED,ACCEPTED&type=test-order")))
                .containsExactly("an-order-2", "an-order-1");
        assertThat(ids(client.get("/requests?type=test-any,no-such")))
                .containsExactly("any-thing-1");
        assertThat(ids(client.get("/requests?status=RUNNING"))).isEmpty();
    }

    @Test
    void a_cursor_of_another_owner_only_pages_through_the_callers_list() {
        submit("another-owner", "m-foreign", TestTypes.ANY);
        submit(owner, "a-mine-too", TestTypes.ANY);
        submit(owner, "z-mine-too", TestTypes.ANY);
        String cursor = cursor("1:m-foreign");
        assertThat(ids(client.get("/requests?cursor=" + cursor))).containsExactly("a-mine-too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:%0d%0a", "1:#key", "1:!", "1: ", "1:-"})
    void a_cursor_before_every_id_leads_to_the_end_of_the_list(String content) {
        submit(owner, "a-mine-too", TestTypes.ANY);
        Answer answer = client.get("/requests?cursor=" + cursor(content));
        assertThat(ids(answer)).isEmpty();
        assertThat(answer.json().path("next").isNull()).isTrue();
    }

    private static String cursor(String content) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\\\""})
    void page_of_large_requests_ends_before_it_exceeds_the_response_limit(String text) {
        String input = "\"" + text.repeat(65_000 / text.length()) + "\"";
        int count = 100;
        for (int n = 0; n < count; n++) {
            STORE.submit(
                    new RequestKey(owner, "request-%03d".formatted(n)),
                    new Submission(TestTypes.ANY, input),
                    NOW);
        }

        List<Answer> pages = pages("?limit=100");

        assertThat(pages).hasSizeGreaterThan(1);
        assertThat(pages)
                .allSatisfy(
                        page ->
                                assertThat(
                                                page.body().length()
                                                        + page.body()
                                                                .chars()
                                                                .filter(c -> c == '"' || c == '\\')
                                                                .count())
                                        .isLessThan(ResponseSizeLimit.MAX_BYTES + 1024));
        assertThat(pages.stream().flatMap(page -> ids(page).stream()).distinct()).hasSize(count);
    }

    @Test
    void filtered_list_reads_a_bounded_amount_and_continues_with_a_cursor() {
        submit(owner, "a-request", TestTypes.ORDER);
        submitMany(2_000);

        List<Answer> pages = pages("?type=" + TestTypes.ORDER);

        assertThat(pages).hasSizeGreaterThan(1);
        assertThat(ids(pages.getFirst())).isEmpty();
        assertThat(ids(pages.getLast())).containsExactly("a-request");
    }

    private void submitMany(int number) {
        List<WriteRequest> writes =
                IntStream.range(0, number)
                        .mapToObj(n -> new RequestKey(owner, "request-%04d".formatted(n)))
                        .map(key -> WriteRequest.builder().putRequest(put(key)).build())
                        .toList();
        for (int from = 0; from < number; from += MAX_BATCH) {
            var batch = Map.of(TABLE, writes.subList(from, from + MAX_BATCH));
            var answer = LOCAL.client().batchWriteItem(write -> write.requestItems(batch));
            assertThat(answer.unprocessedItems()).isEmpty();
        }
    }

    private static PutRequest put(RequestKey key) {
        var submission = new Submission(TestTypes.ANY, "{}");
        return PutRequest.builder()
                .item(ApiServer.Parts.TRANSITIONS.submit(key, submission, NOW))
                .build();
    }

    private List<Answer> pages(String query) {
        var pages = new ArrayList<Answer>();
        JsonNode next;
        String cursor = "";
        do {
            Answer page = client.get("/requests" + query + cursor);
            assertThat(page.status()).isEqualTo(200);
            pages.add(page);
            next = page.json().path("next");
            cursor = "&cursor=" + next.asText();
        } while (!next.isNull());
        return pages;
    }

    @Test
    void item_with_an_invalid_id_is_not_listed_and_does_not_end_a_page() {
        submit(owner, "a-request", TestTypes.ANY);
        for (String id :
                List.of(
                        "n/slash-00",
                        "n%2Fpercent",
                        "n..",
                        "n\nnew-line",
                        "né-accent",
                        "n".repeat(1024))) {
            LOCAL.client()
                    .putItem(
                            put ->
                                    put.tableName(TABLE)
                                            .item(
                                                    ApiServer.Parts.TRANSITIONS.submit(
                                                            new RequestKey(owner, id),
                                                            new Submission(TestTypes.ANY, "{}"),
                                                            NOW)));
        }
        submit(owner, "z-request", TestTypes.ANY);

        assertThat(ids(client.get("/requests"))).containsExactly("z-request", "a-request");
        assertThat(pages("?limit=1").stream().flatMap(page -> ids(page).stream()))
                .containsExactly("z-request", "a-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=abc",
                "limit=",
                "limit",
                "limit=1&limit=2",
                "limit=1.0",
                "limit=99999999999",
                "limit=+5",
                "status=accepted",
                "status=GONE",
                "status=UNKNOWN",
                "status=ACCEPTED,UNKNOWN",
                "status=",
                "status=ACCEPTED,",
                "status=ACCEPTED&status=FAILED",
                "type=Not_A_Type",
                "type=",
                "type=a,,b",
                "cursor=",
                "cursor=!!!!",
                "cursor=AAAA",
                "state=RUNNING",
                "Limit=5",
                "&",
                "limit=%zz",
                "%zz=1",
                "=1"
            })
    void a_malformed_query_is_400(String query) {
        Answer answer = client.get("/requests?" + query.replace("%zz", "%25zz"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
    }

    @Test
    void a_cursor_that_was_tampered_with_is_400() {
        for (String content : List.of("1:", "2:request-1", "request-1", "1:" + "x".repeat(2000))) {
            assertThat(client.get("/requests?cursor=" + cursor(content)).status())
                    .as(content)
                    .isEqualTo(400);
        }
        assertThat(client.get("/requests?cursor=" + cursor("1:request-1") + "=").status())
                .isEqualTo(400);
    }

    @Test
    void more_types_than_the_database_accepts_are_400() {
        assertThat(client.get("/requests?type=a" + ",a".repeat(20)).status()).isEqualTo(400);
    }

    @Test
    void an_empty_query_is_ignored() {
        assertThat(client.get("/requests?").status()).isEqualTo(200);
    }
}
