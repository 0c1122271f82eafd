package dev.statuswire.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.Item;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs write requests into the table with ids that the API would refuse. */
final class OddIdsTest {

    @RegisterExtension static final RunningLocally LOCAL = new RunningLocally();

    private static final StoredRequests STORED = StoredRequests.of(LOCAL);

    @AfterAll
    static void close() {
        STORED.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"käse-é", "é", "order 12", "order/12", "order#12.", "注文", "🍲"})
    void overdue_request_of_any_id_is_done(String id) {
        STORED.putOverdueOrder(id, "ACCEPTED");

        Await.until(id + " succeeded", () -> "SUCCEEDED".equals(STORED.status(id)));
    }

    /** The stream starts what is ACCEPTED; a request that is RETRYING only the sweeper finds. */
    @ParameterizedTest
    @ValueSource(strings = {"kase-é", "è", "order 13", "order/13", "order#13.", "注", "🍜"})
    void sweeper_finds_an_overdue_request_of_any_id(String id) {
        STORED.putOverdueOrder(id, "RETRYING");

        Await.until(id + " succeeded", () -> "SUCCEEDED".equals(STORED.status(id)));

        assertThat(STORED.get(id).get(Item.FENCE)).as("swept, then claimed").isNotNull();
        assertThat(LOCAL.api().get("/metrics").body()).contains("offered");
    }
}
