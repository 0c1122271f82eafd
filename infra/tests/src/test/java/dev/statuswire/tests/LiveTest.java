package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Contract;
import dev.statuswire.api.testing.LiveSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The live protocol, with real sockets on the whole runtime. */
final class LiveTest {

    @RegisterExtension static final RuntimeExtension LOCAL = new RuntimeExtension();

    private static final String ORDER =
            "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"cookMillis\":1500}}";

    @Test
    void subscribed_page_receives_every_status_up_to_the_last() {
        try (var page = LiveSocket.subscribed(LOCAL.api())) {
            String id = LOCAL.submit("place-order", ORDER);

            page.awaitStatus(id, "SUCCEEDED");
            List<JsonNode> pushed = page.statuses(id);

            assertThat(pushed).extracting(it -> it.get("version").asLong()).isSorted();
            assertThat(pushed).extracting(it -> it.get("status").asText()).contains("RUNNING");
            assertThat(pushed.getLast()).isEqualTo(LOCAL.status(id));
        }
    }

    @Test
    void every_frame_matches_the_contract() {
        try (var page = LiveSocket.subscribed(LOCAL.api())) {
            page.send("{\"action\":\"ping\"}");
            page.send("{\"action\":\"dance\"}");
            page.send("no JSON");
            String id = LOCAL.submit("place-order", ORDER);
            page.awaitStatus(id, "SUCCEEDED");
            page.await("pong", frame -> "pong".equals(frame.path("type").asText()));

            assertThat(page.frames())
                    .extracting(Contract::asyncApiMessage)
                    .doesNotContainNull()
                    .hasSizeGreaterThan(5);
            assertThat(page.frames())
                    .filteredOn(frame -> "error".equals(frame.path("type").asText()))
                    .hasSize(2);
        }
    }

    @Test
    void url_of_a_ticket_opens_the_socket_unchanged() {
        String url = LOCAL.api().post("/live/tickets").json().get("url").asText();
        try (var page = LiveSocket.open(URI.create(url)).orElseThrow()) {
            page.send("{\"action\":\"subscribe\"}");
            page.await("subscribed", frame -> "subscribed".equals(frame.path("type").asText()));
        }
    }

    @Test
    void ticket_opens_one_socket_only() {
        String ticket = LOCAL.api().ticket();
        try (var first = LiveSocket.open(url(ticket)).orElseThrow()) {
            Optional<LiveSocket> second = LiveSocket.open(url(ticket));

            assertThat(second).isEmpty();
            assertThat(first.frames()).isEmpty();
        }
    }

    private static URI url(String ticket) {
        return URI.create(LOCAL.page().toString().replace("http", "ws") + "live?ticket=" + ticket);
    }

    @Test
    void socket_without_a_ticket_is_not_opened() {
        assertThat(LiveSocket.open(url("x".repeat(32)))).isEmpty();
    }

    @Test
    void page_whose_socket_dropped_is_complete_after_it_reconnects() {
        String id;
        try (var first = LiveSocket.subscribed(LOCAL.api())) {
            id = LOCAL.submit("place-order", ORDER);
            first.awaitStatus(id, "RUNNING");
        }
        LOCAL.await(id, "SUCCEEDED");
        try (var second = LiveSocket.subscribed(LOCAL.api())) {
            assertThat(second.statuses(id)).isEmpty();
            assertThat(LOCAL.api().get("/requests").json().at("/requests").findValuesAsText("id"))
                    .contains(id);
            String next = LOCAL.submit("place-order", ORDER);
            second.awaitStatus(next, "SUCCEEDED");
        }
    }

    @Test
    void socket_that_is_not_read_does_not_delay_others() throws Exception {
        try (var stuck = new StuckPage(LOCAL);
                var page = LiveSocket.subscribed(LOCAL.api())) {
            stuck.subscribe();
            String prefix = "00000000-stuck-";
            for (int n = 0; n < 60; n++) {
                LOCAL.api()
                        .putJson(
                                "/requests/" + prefix + n,
                                """
                                {"type":"register-user","input":
                                 {"name":"N","email":"n%d@example.com","username":"stuck-%d"}}
                                """
                                        .formatted(n, n));
            }
            for (int n = 0; n < 60; n++) {
                page.awaitStatus(prefix + n, "SUCCEEDED");
            }
        }
    }
}
