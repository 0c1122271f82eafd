package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.core.testing.StoredItems;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The running system finds items of the previous and of the next release in its table. */
final class NewerItemsTest {

    @RegisterExtension
    static final RuntimeExtension LOCAL =
            RuntimeExtension.withTypes(
                    RuntimeExtension.SWEPT_EACH_SECOND,
                    List.of(RecordedTypes.Four.class, RecordedTypes.FailFast.class));

    private static final StoredRequests STORED = StoredRequests.of(LOCAL);

    @AfterAll
    static void close() {
        STORED.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "running", "retrying"})
    void unfinished_request_of_the_previous_release_succeeds(String status) {
        String id = "request-" + status;
        remember(1, "local/request-retrying/cook");

        STORED.put(StoredRequests.overdue(StoredItems.item("release-0.1-" + status)));

        JsonNode done = LOCAL.finished(id);
        assertThat(done.get("status").asText()).as(done.toString()).isEqualTo("SUCCEEDED");
        assertThat(done.get("steps").findValuesAsText("status"))
                .isNotEmpty()
                .containsOnly("SUCCEEDED");
        assertThat(listed()).contains(id);
    }

    /** Stores how many simulated failures had occurred when the item was recorded. */
    private static void remember(int tries, String effectKey) {
        var item =
                Map.of(
                        "key",
                        AttributeValue.fromS("tries#" + effectKey),
                        "tries",
                        AttributeValue.fromN(Integer.toString(tries)),
                        "expiresAt",
                        AttributeValue.fromN(
                                Long.toString(Instant.now().plusSeconds(3600).getEpochSecond())));
        STORED.external().client().putItem(put -> put.tableName("statuswire-users").item(item));
    }

    @ParameterizedTest
    @CsvSource({"failed, no, 0", "cancelled, s3, 2"})
    void failed_or_cancelled_request_of_the_previous_release_can_be_retried(
            String status, String step, int index) {
        String id = "request-" + status;
        STORED.put(StoredRequests.overdue(StoredItems.item("release-0.1-" + status)));
        JsonNode before = LOCAL.status(id);
        assertThat(before.get("status").asText()).isEqualToIgnoringCase(status);
        assertThat(listed()).contains(id);

        Answer retry = LOCAL.api().post("/requests/" + id + "/retry");

        assertThat(retry.status()).isEqualTo(202);
        JsonNode done = LOCAL.await(id, "SUCCEEDED");
        assertThat(done.at("/steps/" + index + "/output").asText())
                .as("the key that the previous release would have used")
                .isEqualTo("local/" + id + "/" + step);
        for (int n = 0; n < index; n++) {
            assertThat(done.at("/steps/" + n)).isEqualTo(before.at("/steps/" + n));
        }
    }

    @Test
    void finished_request_of_the_previous_release_is_shown() {
        STORED.put(StoredRequests.overdue(StoredItems.item("release-0.1-succeeded")));

        assertThat(LOCAL.status("request-succeeded").at("/result/served").asText())
                .isEqualTo("2 × soup");
        assertThat(listed()).contains("request-succeeded");
    }

    @ParameterizedTest
    @CsvSource({
        "next-release-parked, next-parked, PARKED",
        "next-release-skipped, next-skipped, FAILED",
        "next-release-accepted, next-accepted, ACCEPTED",
    })
    void request_of_the_next_release_is_shown_and_pushed_but_not_changed(
            String name, String id, String status) {
        var item = StoredRequests.overdue(StoredItems.item(name));
        try (var page = LiveSocket.subscribed(LOCAL.api())) {
            STORED.put(item);

            page.awaitStatus(id, status);
            assertThat(page.statuses(id).getLast()).isEqualTo(LOCAL.status(id));
            awaitSweepAndPush(page);
            assertThat(removed(page)).doesNotContain(id);
        }
        assertThat(LOCAL.status(id).get("status").asText()).isEqualTo(status);
        assertThat(listed()).contains(id);
        assertThat(LOCAL.api().post("/requests/" + id + "/cancel").status()).isEqualTo(409);
        assertThat(LOCAL.api().post("/requests/" + id + "/retry").status()).isEqualTo(409);
        assertThat(STORED.get(id)).isEqualTo(item);
    }

    @Test
    void unreadable_item_is_reported_and_not_changed() {
        String id = "request-unreadable";
        var broken = new HashMap<>(accepted(id));
        broken.put(Item.VERSION, AttributeValue.fromS("three"));
        try (var page = LiveSocket.subscribed(LOCAL.api())) {
            STORED.put(accepted(id));
            LOCAL.await(id, "SUCCEEDED");
            page.awaitStatus(id, "SUCCEEDED");

            STORED.put(broken);

            awaitSweepAndPush(page);
            assertThat(removed(page)).doesNotContain(id);
        }
        Answer answer = LOCAL.api().get("/status/" + id);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("unreadable");
        assertThat(answer.json().get("detail").asText()).contains(id);
        assertThat(listed()).doesNotContain(id);
        assertThat(STORED.get(id)).isEqualTo(broken);
        assertThat(unreadableItems()).isEqualTo(1);

        STORED.delete(id);

        assertThat(LOCAL.api().get("/status/" + id).status()).isEqualTo(404);
        assertThat(unreadableItems()).isZero();
    }

    /** Returns an overdue order of the previous release. */
    private static Map<String, AttributeValue> accepted(String id) {
        var item = new HashMap<>(StoredRequests.overdue(StoredItems.item("release-0.1-accepted")));
        item.put(Item.ID, AttributeValue.fromS(id));
        item.put(Item.INPUT, AttributeValue.fromS("{\"dish\":\"soup\",\"quantity\":1}"));
        return item;
    }

    private static int unreadableItems() {
        Answer health = LOCAL.api().get("/health");
        assertThat(health.status()).isEqualTo(200);
        return health.json().get("unreadableItems").asInt();
    }

    /**
     * Waits until the sweeper has read everything that is overdue now, and everything written
     * before now has been pushed. To detect this, writes a request that only the sweeper finds, and
     * waits until it has succeeded.
     */
    private static void awaitSweepAndPush(LiveSocket page) {
        String later = ApiClient.newId();
        STORED.putOverdueOrder(later, "RUNNING");
        LOCAL.await(later, "SUCCEEDED");
        page.awaitStatus(later, "SUCCEEDED");
    }

    private static List<String> removed(LiveSocket page) {
        return page.frames().stream()
                .filter(frame -> "removed".equals(frame.path("type").asText()))
                .map(frame -> frame.path("id").asText())
                .toList();
    }

    private static List<String> listed() {
        return LOCAL.api().get("/requests?limit=100").json().at("/requests").findValuesAsText("id");
    }
}
