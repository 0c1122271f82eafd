package dev.statuswire.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.ForwardingStore;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class LinksTest {

    private static final RequestKey KEY = new RequestKey("ada", "request-1");
    private static final LinkOptions WATCH =
            new LinkOptions(
                    LinkScope.WATCH, null, null, false, Instant.parse("2026-02-01T00:00:00Z"));

    private final ManualClock clock = new ManualClock();
    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    private final InMemoryRequestStore requests = new InMemoryRequestStore(transitions, clock);
    private final InMemoryLinks stored = new InMemoryLinks(clock);
    private final Links links = links(requests);

    private Links links(RequestStore store) {
        return new Links(stored, store, transitions, new SecureRandom(), clock);
    }

    private Request submitted() {
        return requests.submit(KEY, new Submission("t", "{}"), clock.instant()).request();
    }

    private Request current() {
        return requests.find(KEY).orElseThrow();
    }

    private Request apply(Transition transition) {
        return ((WriteOutcome.Done) requests.apply(KEY, transition)).request();
    }

    private static String secret(Links.Created created) {
        return created.secret().text();
    }

    /** Cancels and deletes the request, and submits another one with its id. */
    private Request replaced() {
        Request cancelled = apply(transitions.cancelIdle(current(), clock.instant()));
        requests.delete(KEY, Transitions.deletable(cancelled));
        return submitted();
    }

    @Test
    void first_link_shares_the_request_without_a_new_version() {
        Request request = submitted();

        Links.Created created = links.create(request, WATCH).orElseThrow();

        assertThat(current().shared()).isTrue();
        assertThat(current().version()).isEqualTo(request.version());
        assertThat(created.link().life()).isEqualTo(request.life());
        assertThat(created.link().createdAt()).isEqualTo(clock.instant());
        assertThat(links.open(secret(created)))
                .contains(new Links.Opened(created.link(), current()));
    }

    @Test
    void request_is_shared_before_the_link_is_stored() {
        Request request = submitted();
        Links broken =
                new Links(
                        new DynamoDbLinks(ConnectionTables.outOfReach(), "links", clock),
                        requests,
                        transitions,
                        new SecureRandom(),
                        clock);

        assertThatThrownBy(() -> broken.create(request, WATCH)).isInstanceOf(StoreException.class);

        assertThat(current().shared()).isTrue();
    }

    @Test
    void request_has_at_most_a_hundred_links() {
        Request request = submitted();
        for (int i = 0; i < Links.MAX_LINKS; i++) {
            links.create(request, WATCH);
        }

        assertThatThrownBy(() -> links.create(request, WATCH))
                .isInstanceOf(TooManyLinksException.class);

        links.revoke(KEY, stored.of(KEY).getFirst().id());
        assertThat(links.create(request, WATCH)).isPresent();
    }

    /** The link would never be valid, because another request has the id by then. */
    @Test
    void link_to_a_request_that_was_replaced_meanwhile_is_not_created() {
        Request shared = apply(transitions.share(submitted()));
        replaced();

        assertThat(links.create(shared, WATCH)).isEmpty();
        assertThat(stored.of(KEY)).isEmpty();
    }

    @Test
    void request_that_is_shared_is_not_written_again() {
        submitted();
        links.create(current(), WATCH);
        var readOnly =
                new ForwardingStore(requests) {
                    @Override
                    public WriteOutcome apply(RequestKey key, Transition transition) {
                        throw new AssertionError("a write");
                    }
                };

        assertThat(links(readOnly).create(current(), WATCH)).isPresent();
    }

    @Test
    void request_that_is_gone_or_replaced_gets_no_link() {
        Request seen = submitted();
        replaced();

        assertThat(links.create(seen, WATCH)).isEmpty();
        assertThat(current().shared()).isFalse();
        assertThat(stored.of(KEY)).isEmpty();
        Request cancelled = apply(transitions.cancelIdle(current(), clock.instant()));
        requests.delete(KEY, Transitions.deletable(cancelled));
        assertThat(links.create(cancelled, WATCH)).isEmpty();
    }

    @Test
    void request_without_a_life_gets_one_with_its_first_link() {
        requests.put(itemWithoutLife());

        Links.Created created = links.create(current(), WATCH).orElseThrow();

        assertThat(created.link().life()).isNotNull().isEqualTo(current().life());
        assertThat(links.open(secret(created))).isPresent();
    }

    @Test
    void link_belongs_to_the_life_that_another_write_has_given_meanwhile() {
        requests.put(itemWithoutLife());
        Request seen = current();
        Request claimed = apply(transitions.claim(seen, List.of("one"), Set.of(), clock.instant()));

        Links.Created created = links.create(seen, WATCH).orElseThrow();

        assertThat(created.link().life()).isNotNull().isEqualTo(claimed.life());
        assertThat(links.open(secret(created))).isPresent();
    }

    private static Map<String, AttributeValue> itemWithoutLife() {
        return Map.of(
                Item.OWNER, AttributeValue.fromS(KEY.owner()),
                Item.ID, AttributeValue.fromS(KEY.id()),
                Item.TYPE, AttributeValue.fromS("t"),
                Item.INPUT, AttributeValue.fromS("{}"),
                Item.STATUS, AttributeValue.fromS("ACCEPTED"),
                Item.VERSION, AttributeValue.fromN("1"));
    }

    @Test
    void link_to_a_request_that_was_replaced_opens_nothing() {
        submitted();
        Links.Created created = links.create(current(), WATCH).orElseThrow();
        Request next = replaced();

        assertThat(links.open(secret(created))).isEmpty();
        assertThat(links.of(next)).isEmpty();
        assertThat(links.find(secret(created))).contains(created.link());
    }

    @Test
    void revoked_and_expired_links_open_nothing() {
        submitted();
        Links.Created revoked = links.create(current(), WATCH).orElseThrow();
        Links.Created expired = links.create(current(), WATCH).orElseThrow();

        assertThat(links.revoke(KEY, revoked.link().id())).isTrue();
        assertThat(links.open(secret(revoked))).isEmpty();
        assertThat(links.open(secret(expired))).isPresent();
        assertThat(links.of(current())).containsExactly(expired.link());

        clock.advance(Duration.between(clock.instant(), WATCH.expiresAt()));
        assertThat(links.open(secret(expired))).isEmpty();
    }

    @Test
    void link_is_not_opened_with_its_id() {
        submitted();
        Links.Created created = links.create(current(), WATCH).orElseThrow();

        assertThat(links.open(created.link().id())).isEmpty();
    }

    @Test
    void link_can_be_valid_for_400_days() {
        clock.advance(Duration.ofMillis(999));

        assertThat(links.latestEnd()).isEqualTo("2027-02-05T00:00:00Z");
    }
}
