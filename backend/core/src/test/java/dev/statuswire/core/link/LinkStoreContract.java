package dev.statuswire.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every store of links. */
abstract class LinkStoreContract {

    static final RequestKey KEY = new RequestKey("ada#1", "request-1");
    static final Instant END = Instant.parse("2026-02-01T00:00:00Z");
    static final LinkOptions WATCH = new LinkOptions(LinkScope.WATCH, null, null, false, END);

    final ManualClock clock = new ManualClock();
    private LinkStore links;

    abstract LinkStore store();

    @BeforeEach
    void open() {
        links = store();
    }

    Link link(String id, LinkOptions options) {
        return new Link(id, KEY, "a-life", options, clock.instant());
    }

    @Test
    void link_is_found_by_its_id_with_all_its_options() {
        Link all =
                link("all", new LinkOptions(LinkScope.ANSWER, "approve", "For Bob ☺", true, END));
        Link least = new Link("least", KEY, null, WATCH, clock.instant());

        links.add(all);
        links.add(least);

        assertThat(links.find("all")).contains(all);
        assertThat(links.find("least")).contains(least);
        assertThat(links.find("other")).isEmpty();
    }

    @Test
    void links_of_a_request_are_listed_newest_first() {
        Link oldest = link("b", WATCH);
        links.add(oldest);
        clock.advance(Duration.ofMillis(1));
        Link middle = link("c", WATCH);
        links.add(middle);
        clock.advance(Duration.ofMillis(1));
        Link newest = link("a", WATCH);
        links.add(newest);

        assertThat(links.of(KEY)).containsExactly(newest, middle, oldest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada#1/request-2", "ada/request-1", "ada#1#request/request-1"})
    void links_of_other_requests_are_not_listed(String other) {
        String[] parts = other.split("/", 2);
        Link link =
                new Link("a", new RequestKey(parts[0], parts[1]), "a-life", WATCH, clock.instant());
        links.add(link);

        assertThat(links.of(KEY)).isEmpty();
        assertThat(links.of(link.request())).containsExactly(link);
    }

    @Test
    void links_of_all_lives_are_listed() {
        links.add(link("a", WATCH));
        links.add(new Link("b", KEY, "another-life", WATCH, clock.instant()));

        assertThat(links.of(KEY)).hasSize(2);
    }

    @Test
    void revoked_link_is_not_found_any_more() {
        links.add(link("a", WATCH));
        links.add(link("b", WATCH));

        assertThat(links.revoke(KEY, "a")).isTrue();

        assertThat(links.find("a")).isEmpty();
        assertThat(links.of(KEY)).extracting(Link::id).containsExactly("b");
        assertThat(links.revoke(KEY, "a")).isFalse();
    }

    @Test
    void link_stays_revoked_when_an_abandoned_call_that_stores_it_arrives() {
        Link link = link("a", WATCH);
        links.add(link);
        links.add(link);
        assertThat(links.find("a")).contains(link);
        links.revoke(KEY, "a");

        links.add(link);

        assertThat(links.find("a")).isEmpty();
        assertThat(links.of(KEY)).isEmpty();
        assertThat(links.revoke(KEY, "a")).isFalse();
    }

    @Test
    void deleted_link_is_not_found_any_more() {
        links.add(link("a", WATCH));
        links.add(link("b", WATCH));

        links.delete("a");
        links.delete("a");

        assertThat(links.find("a")).isEmpty();
        assertThat(links.of(KEY)).extracting(Link::id).containsExactly("b");
    }

    @Test
    void link_is_revoked_only_under_its_request() {
        Link link = link("a", WATCH);
        links.add(link);

        assertThat(links.revoke(new RequestKey("ada#1", "request-2"), "a")).isFalse();
        assertThat(links.revoke(new RequestKey("bob", "request-1"), "a")).isFalse();

        assertThat(links.find("a")).contains(link);
    }

    @Test
    void expired_link_is_not_found() {
        Link soon =
                link(
                        "a",
                        new LinkOptions(
                                LinkScope.WATCH,
                                null,
                                null,
                                false,
                                clock.instant().plusSeconds(5)));
        links.add(soon);
        clock.advance(Duration.ofMillis(4999));
        assertThat(links.find("a")).contains(soon);
        assertThat(links.of(KEY)).containsExactly(soon);

        clock.advance(Duration.ofMillis(1));

        assertThat(links.find("a")).isEmpty();
        assertThat(links.of(KEY)).isEmpty();
    }
}
