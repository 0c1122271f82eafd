package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.details;
import static dev.statuswire.tests.page.Browsing.mark;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.submitOrder;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.tests.RuntimeExtension;
import dev.statuswire.tests.StoredRequests;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that sort below the part of the list that the page loads, in a real browser. */
final class OlderRequestsPageTest {

    private static final String COOKS_LONG =
            """
            {"dish":"soup","quantity":1,"simulate":{"cookMillis":600000}}
            """;

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    /** Finished orders whose ids sort above those that a page generates. */
    private static final List<String> NEWER =
            IntStream.range(0, 130).mapToObj("order-%04d"::formatted).toList();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @BeforeAll
    static void putNewerOrders() {
        try (var stored = StoredRequests.of(LOCAL)) {
            NEWER.forEach(stored::putFinishedOrder);
        }
    }

    @AfterAll
    static void deleteNewerOrders() {
        try (var stored = StoredRequests.of(LOCAL)) {
            NEWER.forEach(stored::delete);
        }
    }

    @Test
    void url_of_a_request_shows_it_despite_130_newer_ones_and_after_the_list_is_read_again() {
        String id = "0000" + ApiClient.newId().substring(4);
        LOCAL.submit(id, "place-order", COOKS_LONG);
        Queue<WebSocketRoute> sockets = browsing.sockets();

        Page page = browsing.openLive("#/requests/" + id);

        Browsing.awaitStatus(details(page, id), "RUNNING");
        reconnect(page, sockets);
        Browsing.awaitStatus(details(page, id), "RUNNING");
        assertThat(details(page, id).locator(".stale")).hasCount(0);
        LOCAL.api().post("/requests/" + id + "/cancel");
        Browsing.awaitStatus(details(page, id), "CANCELLED");
        reconnect(page, sockets);
        assertThat(details(page, id)).isVisible();
    }

    @Test
    void new_request_is_first_and_stays_although_130_others_sort_above() {
        Queue<WebSocketRoute> sockets = browsing.sockets();
        Page page = browsing.openLive("");

        String id = submitOrder(page, "600000");

        Browsing.awaitStatus(row(page, id), "RUNNING");
        reconnect(page, sockets);
        assertThat(row(page, id)).isInViewport();
        assertThat(row(page, id)).hasAttribute("aria-posinset", "1");
        Browsing.awaitStatus(row(page, id), "RUNNING");
        LOCAL.api().post("/requests/" + id + "/cancel");
        Browsing.awaitStatus(row(page, id), "CANCELLED");
    }

    /** Closes the socket, and waits until the page has another one. */
    private static void reconnect(Page page, Queue<WebSocketRoute> sockets) {
        sockets.remove().close();
        assertThat(mark(page)).not().hasAttribute("data-connection", "live");
        Browsing.awaitLive(page);
    }
}
