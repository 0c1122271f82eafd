package dev.statuswire.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DynamoDbTicketsTest {

    private static final Topic ANN = Topic.ofOwner("ann");

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private final ManualClock clock = new ManualClock();
    private final String table = ConnectionTables.create(DATABASE);
    private final Tickets tickets =
            new DynamoDbTickets(DATABASE.client(), table, new SecureRandom(), clock);

    @Test
    void a_ticket_can_be_redeemed_once() {
        String ticket = tickets.issue(ANN).value();

        assertThat(tickets.redeem(ticket)).contains(ANN);
        assertThat(tickets.redeem(ticket)).isEmpty();
    }

    @Test
    void a_ticket_of_a_link_has_the_topic_of_its_request() {
        Topic topic = Topic.ofRequest(new RequestKey("ann", "request-1"));

        assertThat(tickets.redeem(tickets.issue(topic).value())).contains(topic);
    }

    /**
     * Such a release reads the attribute {@code owner}, and would show all requests of the owner.
     */
    @Test
    void a_release_without_links_does_not_understand_the_ticket_of_a_link() {
        tickets.issue(Topic.ofRequest(new RequestKey("ann", "request-1")));

        assertThat(DATABASE.client().scan(scan -> scan.tableName(table)).items())
                .singleElement()
                .satisfies(item -> assertThat(item).doesNotContainKey("owner"));
    }

    @Test
    void exactly_one_of_fifty_concurrent_calls_redeems_a_ticket() throws InterruptedException {
        String ticket = tickets.issue(ANN).value();
        Callable<Optional<Topic>> redeem = () -> tickets.redeem(ticket);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var redeemed = threads.invokeAll(Collections.nCopies(50, redeem));
            assertThat(redeemed.stream().flatMap(call -> call.resultNow().stream()))
                    .containsExactly(ANN);
        }
    }

    @Test
    void a_ticket_expires_after_thirty_seconds_even_if_its_item_still_exists() {
        Ticket early = tickets.issue(ANN);
        Ticket late = tickets.issue(ANN);
        assertThat(early.expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:00:30Z"));

        clock.advance(Duration.ofMillis(29_999));
        assertThat(tickets.redeem(early.value())).contains(ANN);

        clock.advance(Duration.ofMillis(1));
        assertThat(tickets.redeem(late.value())).isEmpty();
        assertThat(DATABASE.client().scan(scan -> scan.tableName(table)).count()).isEqualTo(1);
    }

    @Test
    void a_ticket_has_at_least_128_random_bits_and_is_unique() {
        String one = tickets.issue(ANN).value();
        String other = tickets.issue(ANN).value();

        assertThat(Base64.getUrlDecoder().decode(one)).hasSizeGreaterThanOrEqualTo(16);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void the_text_of_a_ticket_does_not_contain_its_value() {
        Ticket ticket = tickets.issue(ANN);

        assertThat(ticket.toString()).doesNotContain(ticket.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "owner#ann"})
    void a_ticket_that_was_never_issued_cannot_be_redeemed(String ticket) {
        assertThat(tickets.redeem(ticket)).isEmpty();
        assertThat(tickets.redeem(ticket.repeat(3000))).isEmpty();
    }

    @Test
    void an_unreachable_database_causes_a_store_exception_without_the_ticket() {
        String ticket = tickets.issue(ANN).value();
        var dead =
                new DynamoDbTickets(
                        ConnectionTables.outOfReach(), table, new SecureRandom(), clock);

        assertThatThrownBy(() -> dead.redeem(ticket))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining(ticket);
        assertThatThrownBy(() -> dead.issue(ANN)).isInstanceOf(StoreException.class);
    }
}
