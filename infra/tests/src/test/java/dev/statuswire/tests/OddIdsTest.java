package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.Item;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other programs may write items with ids that no request can have. Such an id is not valid in a
 * URL, so the item is counted as unreadable and left unchanged.
 */
final class OddIdsTest {

    @RegisterExtension
    static final RuntimeExtension LOCAL = new RuntimeExtension(RuntimeExtension.SWEPT_EACH_SECOND);

    private static final StoredRequests STORED = StoredRequests.of(LOCAL);

    @AfterAll
    static void close() {
        STORED.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "käse-é-12",
                "order 12",
                "order/12",
                "order#12.",
                "注文注文注文注文",
                "short",
                "..%2Forder"
            })
    void item_with_an_invalid_id_is_neither_processed_nor_listed(String id) {
        STORED.putOverdueOrder(id, "ACCEPTED");
        STORED.putOverdueOrder("z" + id, "RETRYING");

        String after = "after-%08x".formatted(id.hashCode());
        STORED.putOverdueOrder(after, "RUNNING");
        Await.until(after + " succeeded", () -> "SUCCEEDED".equals(STORED.status(after)));

        assertThat(STORED.status(id)).isEqualTo("ACCEPTED");
        assertThat(STORED.status("z" + id)).isEqualTo("RETRYING");
        assertThat(LOCAL.api().get("/requests?limit=100").body())
                .contains(after)
                .doesNotContain("\"" + id + "\"");
        assertThat(LOCAL.api().get("/health").json().path("unreadableItems").asInt()).isPositive();
    }

    /**
     * The stream processor starts ACCEPTED requests and sets timers for RETRYING ones. Only the
     * sweeper finds a RUNNING request.
     */
    @Test
    void sweeper_finds_an_overdue_request_of_another_program() {
        STORED.putOverdueOrder("of-another-program", "RUNNING");

        Await.until(
                "the request succeeded",
                () -> "SUCCEEDED".equals(STORED.status("of-another-program")));

        assertThat(STORED.get("of-another-program").get(Item.FENCE))
                .as("swept, then claimed")
                .isNotNull();
        assertThat(LOCAL.api().get("/metrics").body()).contains("offered");
    }
}
