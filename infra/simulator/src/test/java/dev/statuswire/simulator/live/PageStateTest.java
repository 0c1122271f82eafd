package dev.statuswire.simulator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.simulator.live.PageState.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the model of a page handles removals; schedules in which they matter are rare. */
final class PageStateTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-08T00:00:00Z");

    private final PageState view = new PageState();

    @Test
    void push_from_before_a_removal_is_ignored_if_it_arrives_after_it() {
        view.pushed(document(null, 4, FIRST));
        removed(null, 5, FIRST);
        view.pushed(document(null, 5, FIRST));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void push_without_a_creation_time_is_ignored_by_its_version() {
        removed(null, 5, FIRST);
        view.pushed(document(null, 1, null));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void request_that_is_submitted_again_is_shown() {
        view.pushed(document(null, 5, FIRST));
        removed(null, 5, FIRST);
        view.pushed(document(null, 1, LATER));

        assertThat(view.documents()).containsValue(document(null, 1, LATER));
    }

    @Test
    void late_removal_keeps_the_request_that_was_submitted_again() {
        view.pushed(document(null, 1, LATER));
        removed(null, 5, FIRST);

        assertThat(view.documents()).containsValue(document(null, 1, LATER));
    }

    @Test
    void removal_of_an_earlier_request_does_not_replace_the_removal_of_a_later_one() {
        removed(null, 3, LATER);
        removed(null, 5, FIRST);
        view.pushed(document(null, 2, LATER));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void read_that_started_before_a_removal_does_not_undo_it() {
        int since = view.moment();
        removed(null, 5, FIRST);
        view.read(List.of(document(null, 5, FIRST)), since);

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void
            read_that_started_before_a_late_removal_still_shows_the_request_that_was_submitted_again() {
        int since = view.moment();
        removed(null, 5, FIRST);
        view.read(List.of(document(null, 1, LATER)), since);

        assertThat(view.documents()).containsValue(document(null, 1, LATER));
    }

    @Test
    void read_that_started_after_a_removal_is_right_whatever_the_clocks_show() {
        removed(null, 5, LATER);
        view.read(List.of(document(null, 1, FIRST)), view.moment());
        view.pushed(document(null, 2, FIRST));

        assertThat(view.documents()).containsValue(document(null, 2, FIRST));
    }

    @Test
    void late_push_of_a_request_that_a_read_did_not_find_is_ignored() {
        view.pushed(document(null, 4, FIRST));
        view.missing("request-1");
        view.pushed(document(null, 4, FIRST));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void version_decides_within_a_life_whatever_the_creation_times() {
        view.pushed(document("one", 5, FIRST));
        view.pushed(document("one", 4, LATER));

        assertThat(view.documents()).containsValue(document("one", 5, FIRST));
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void request_that_gets_its_life_with_its_first_claim_is_the_same_request() {
        view.pushed(document("one", 2, FIRST));
        view.pushed(document(null, 1, null));

        assertThat(view.documents()).containsValue(document("one", 2, FIRST));
    }

    @Test
    void removal_covers_every_document_of_its_life() {
        removed("one", 3, FIRST);
        view.pushed(document("one", 9, LATER));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void removal_does_not_cover_another_life_that_was_created_earlier() {
        removed("one", 9, LATER);
        view.pushed(document("two", 1, FIRST));
        removed("one", 9, LATER);

        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
    }

    @Test
    void several_removed_lives_of_one_id_are_remembered() {
        removed("one", 3, LATER);
        removed("two", 3, FIRST);
        view.pushed(document("one", 9, LATER));
        view.pushed(document("two", 9, LATER));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void removal_that_a_read_found_covers_the_known_life() {
        view.pushed(document("one", 3, FIRST));
        view.missing("request-1");
        view.pushed(document("one", 4, LATER));
        assertThat(view.documents()).isEmpty();

        view.pushed(document("two", 1, FIRST));
        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
    }

    @Test
    void removal_without_a_life_is_compared_by_creation_time_and_version() {
        removed(null, 3, LATER);
        view.pushed(document("one", 9, FIRST));
        assertThat(view.documents()).isEmpty();

        removed("two", 3, LATER);
        view.pushed(document(null, 4, null));
        assertThat(view.documents()).containsValue(document(null, 4, null));
    }

    @Test
    void read_that_started_after_a_removal_undoes_the_removal_of_its_life_only() {
        removed("two", 3, FIRST);
        removed("one", 3, FIRST);
        view.read(List.of(document("one", 4, FIRST)), view.moment());
        view.pushed(document("one", 5, FIRST));
        assertThat(view.documents()).containsValue(document("one", 5, FIRST));

        removed("one", 5, FIRST);
        view.pushed(document("two", 9, FIRST));
        assertThat(view.documents()).isEmpty();
    }

    @Test
    void read_that_started_before_a_removal_still_shows_another_life() {
        int since = view.moment();
        removed("one", 3, LATER);
        view.read(List.of(document("two", 1, FIRST)), since);

        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
    }

    @Test
    void read_that_started_after_the_known_life_arrived_replaces_it() {
        view.pushed(document("one", 3, LATER));
        view.read(List.of(document("two", 1, FIRST)), view.moment());

        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void replaced_life_counts_as_removed() {
        view.pushed(document("one", 3, LATER));
        int since = view.moment();
        view.read(List.of(document("two", 1, FIRST)), since);
        view.pushed(document("one", 9, LATER));
        view.read(List.of(document("one", 9, LATER)), since);
        assertThat(view.documents()).containsValue(document("two", 1, FIRST));

        removed("two", 1, FIRST);
        view.pushed(document("one", 9, LATER));
        assertThat(view.documents()).isEmpty();
    }

    /** A request may replace an expired one, and its removal may be the first message about it. */
    @Test
    void removal_of_another_life_leaves_the_known_one_until_a_read_decides() {
        view.pushed(document("one", 4, FIRST));
        removed("two", 5, LATER);

        assertThat(view.documents()).containsValue(document("one", 4, FIRST));
        assertThat(view.disputed()).containsExactly("request-1");

        view.missing("request-1");

        assertThat(view.documents()).isEmpty();
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void read_that_started_before_the_known_life_arrived_leaves_a_dispute() {
        view.pushed(document("one", 3, LATER));
        view.read(List.of(document("two", 1, FIRST)), view.moment() - 1);

        assertThat(view.documents()).containsValue(document("one", 3, LATER));
        assertThat(view.disputed()).containsExactly("request-1");
    }

    @Test
    void push_of_another_life_that_was_created_earlier_is_ignored_until_a_read_decides() {
        view.pushed(document("one", 3, LATER));
        int before = view.moment();
        view.pushed(document("two", 9, FIRST));
        view.read(List.of(document("one", 3, LATER)), before);
        assertThat(view.documents()).containsValue(document("one", 3, LATER));
        assertThat(view.disputed()).containsExactly("request-1");

        view.read(List.of(document("two", 9, FIRST)), view.moment());
        assertThat(view.documents()).containsValue(document("two", 9, FIRST));
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void push_of_another_life_that_was_created_later_replaces_the_known_one_until_a_read_decides() {
        view.pushed(document("two", 2, FIRST));
        view.pushed(document("one", 9, LATER));
        assertThat(view.documents()).containsValue(document("one", 9, LATER));
        assertThat(view.disputed()).containsExactly("request-1");

        view.read(List.of(document("two", 2, FIRST)), view.moment());
        view.pushed(document("two", 3, FIRST));
        assertThat(view.documents()).containsValue(document("two", 3, FIRST));
    }

    @Test
    void dispute_does_not_show_that_the_known_life_still_exists() {
        view.pushed(document("one", 3, LATER));
        int since = view.moment();
        view.pushed(document("two", 9, FIRST));
        view.listed(Set.of(), since);

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void new_life_does_not_take_over_when_the_replaced_one_existed() {
        view.pushed(document("one", 3, FIRST));
        view.read(List.of(document("two", 1, LATER)), 0);
        view.listed(Set.of(), 0);

        assertThat(view.documents()).isEmpty();
    }

    private void removed(@Nullable String life, long version, @Nullable Instant createdAt) {
        view.removed("request-1", life, version, createdAt);
    }

    private static Shown document(
            @Nullable String life, long version, @Nullable Instant createdAt) {
        return new Shown("request-1", life, version, false, createdAt);
    }
}
