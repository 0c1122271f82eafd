package dev.statuswire.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.Browsing.details;
import static dev.statuswire.tests.Browsing.mark;
import static dev.statuswire.tests.Browsing.row;
import static dev.statuswire.tests.Browsing.submitOrder;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import dev.statuswire.api.testing.ApiClient;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that sort below what the page loads of the list, in a real browser. */
final class OlderRequestsPageTest {

    private static final String COOKS_LONG =
            """
            {"dish":"soup","quantity":1,"simulate":{"cookMillis":600000}}
            """;

    @RegisterExtension static final RunningLocally LOCAL = new RunningLocally();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();
    @RegisterExtension final Browsing browsing = new Browsing(LOCAL, CHROMIUM);

    @Test
    void address_of_a_request_shows_it_with_130_newer_ones_also_after_the_list_is_read_again() {
        String id = "0000" + ApiClient.newId().substring(4);
        LOCAL.submit(id, "place-order", COOKS_LONG);
        putNewerOrders();
        Queue<WebSocketRoute> sockets = browsing.sockets();

        Page page = browsing.openLive("#/requests/" + id);

        assertThat(details(page, id)).hasAttribute("data-status", "RUNNING");
        reconnect(page, sockets);
        assertThat(details(page, id)).hasAttribute("data-status", "RUNNING");
        assertThat(details(page, id).locator(".stale")).hasCount(0);
        LOCAL.api().post("/requests/" + id + "/cancel");
        assertThat(details(page, id)).hasAttribute("data-status", "CANCELLED");
        reconnect(page, sockets);
        assertThat(details(page, id)).isVisible();
    }

    @Test
    void request_that_was_just_submitted_stands_first_and_stays_although_130_others_sort_above() {
        putNewerOrders();
        Queue<WebSocketRoute> sockets = browsing.sockets();
        Page page = browsing.openLive("");

        String id = submitOrder(page, "600000");

        assertThat(row(page, id)).hasAttribute("data-status", "RUNNING");
        reconnect(page, sockets);
        assertThat(row(page, id)).isInViewport();
        assertThat(row(page, id)).hasAttribute("aria-posinset", "1");
        assertThat(row(page, id)).hasAttribute("data-status", "RUNNING");
        LOCAL.api().post("/requests/" + id + "/cancel");
        assertThat(row(page, id)).hasAttribute("data-status", "CANCELLED");
    }

    /** Finished orders whose ids come before those that a page makes. */
    private static void putNewerOrders() {
        try (var stored = StoredRequests.of(LOCAL)) {
            for (int number = 0; number < 130; number++) {
                stored.putFinishedOrder("order-%04d".formatted(number));
            }
        }
    }

    /** The socket is lost, and there is another. */
    private static void reconnect(Page page, Queue<WebSocketRoute> sockets) {
        sockets.remove().close();
        assertThat(mark(page)).not().hasAttribute("data-connection", "live");
        assertThat(mark(page)).hasAttribute("data-connection", "live");
    }
}
