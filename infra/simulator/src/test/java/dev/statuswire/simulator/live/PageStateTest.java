package dev.statuswire.simulator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.simulator.live.PageState.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the model of a page does with removals; schedules in which these matter are rare. */
final class PageStateTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ANEW = Instant.parse("2026-01-08T00:00:00Z");

    private final PageState view = new PageState();

    @Test
    void what_was_pushed_before_a_removal_and_comes_after_it_is_left_out() {
        view.pushed(document(null, 4, FIRST));
        removed(null, 5, FIRST);
        view.pushed(document(null, 5, FIRST));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void what_has_no_time_yet_is_left_out_by_its_version() {
        removed(null, 5, FIRST);
        view.pushed(document(null, 1, null));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void request_that_is_submitted_anew_is_shown() {
        view.pushed(document(null, 5, FIRST));
        removed(null, 5, FIRST);
        view.pushed(document(null, 1, ANEW));

        assertThat(view.documents()).containsValue(document(null, 1, ANEW));
    }

    @Test
    void removal_that_comes_late_leaves_the_request_that_was_submitted_anew() {
        view.pushed(document(null, 1, ANEW));
        removed(null, 5, FIRST);

        assertThat(view.documents()).containsValue(document(null, 1, ANEW));
    }

    @Test
    void removal_of_the_former_request_does_not_take_the_place_of_that_of_the_latter() {
        removed(null, 3, ANEW);
        removed(null, 5, FIRST);
        view.pushed(document(null, 2, ANEW));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void read_that_was_started_before_a_removal_does_not_undo_it() {
        int since = view.moment();
        removed(null, 5, FIRST);
        view.read(List.of(document(null, 5, FIRST)), since);

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void read_that_was_started_before_a_late_removal_still_has_what_was_submitted_anew() {
        int since = view.moment();
        removed(null, 5, FIRST);
        view.read(List.of(document(null, 1, ANEW)), since);

        assertThat(view.documents()).containsValue(document(null, 1, ANEW));
    }

    @Test
    void read_that_was_started_after_a_removal_is_right_whatever_clocks_say() {
        removed(null, 5, ANEW);
        view.read(List.of(document(null, 1, FIRST)), view.moment());
        view.pushed(document(null, 2, FIRST));

        assertThat(view.documents()).containsValue(document(null, 2, FIRST));
    }

    @Test
    void what_a_read_did_not_find_is_left_out_when_it_is_pushed_late() {
        view.pushed(document(null, 4, FIRST));
        view.missing("request-1");
        view.pushed(document(null, 4, FIRST));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void of_one_life_the_version_decides_whatever_the_times_of_creation() {
        view.pushed(document("one", 5, FIRST));
        view.pushed(document("one", 4, ANEW));

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
        view.pushed(document("one", 9, ANEW));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void removal_covers_no_other_life_however_early_that_was_created() {
        removed("one", 9, ANEW);
        view.pushed(document("two", 1, FIRST));
        removed("one", 9, ANEW);

        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
    }

    @Test
    void several_removed_lives_of_one_id_are_remembered() {
        removed("one", 3, ANEW);
        removed("two", 3, FIRST);
        view.pushed(document("one", 9, ANEW));
        view.pushed(document("two", 9, ANEW));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void removal_that_a_read_found_covers_the_life_that_was_known() {
        view.pushed(document("one", 3, FIRST));
        view.missing("request-1");
        view.pushed(document("one", 4, ANEW));
        assertThat(view.documents()).isEmpty();

        view.pushed(document("two", 1, FIRST));
        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
    }

    @Test
    void removal_without_a_life_is_weighed_by_creation_and_version() {
        removed(null, 3, ANEW);
        view.pushed(document("one", 9, FIRST));
        assertThat(view.documents()).isEmpty();

        removed("two", 3, ANEW);
        view.pushed(document(null, 4, null));
        assertThat(view.documents()).containsValue(document(null, 4, null));
    }

    @Test
    void read_that_was_started_after_a_removal_ends_the_removal_of_its_life_only() {
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
    void read_that_was_started_before_a_removal_still_has_another_life() {
        int since = view.moment();
        removed("one", 3, ANEW);
        view.read(List.of(document("two", 1, FIRST)), since);

        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
    }

    @Test
    void read_that_was_started_after_the_known_life_arrived_replaces_it() {
        view.pushed(document("one", 3, ANEW));
        view.read(List.of(document("two", 1, FIRST)), view.moment());

        assertThat(view.documents()).containsValue(document("two", 1, FIRST));
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void replaced_life_is_gone() {
        view.pushed(document("one", 3, ANEW));
        int since = view.moment();
        view.read(List.of(document("two", 1, FIRST)), since);
        view.pushed(document("one", 9, ANEW));
        view.read(List.of(document("one", 9, ANEW)), since);
        assertThat(view.documents()).containsValue(document("two", 1, FIRST));

        removed("two", 1, FIRST);
        view.pushed(document("one", 9, ANEW));
        assertThat(view.documents()).isEmpty();
    }

    /** A request may take the place of an expired one, and its removal be the first heard of it. */
    @Test
    void removal_of_another_life_leaves_the_known_one_until_a_read_decides() {
        view.pushed(document("one", 4, FIRST));
        removed("two", 5, ANEW);

        assertThat(view.documents()).containsValue(document("one", 4, FIRST));
        assertThat(view.disputed()).containsExactly("request-1");

        view.missing("request-1");

        assertThat(view.documents()).isEmpty();
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void read_that_was_started_before_the_known_life_arrived_leaves_a_dispute() {
        view.pushed(document("one", 3, ANEW));
        view.read(List.of(document("two", 1, FIRST)), view.moment() - 1);

        assertThat(view.documents()).containsValue(document("one", 3, ANEW));
        assertThat(view.disputed()).containsExactly("request-1");
    }

    @Test
    void push_of_another_life_that_was_created_earlier_is_left_out_until_a_read_decides() {
        view.pushed(document("one", 3, ANEW));
        int before = view.moment();
        view.pushed(document("two", 9, FIRST));
        view.read(List.of(document("one", 3, ANEW)), before);
        assertThat(view.documents()).containsValue(document("one", 3, ANEW));
        assertThat(view.disputed()).containsExactly("request-1");

        view.read(List.of(document("two", 9, FIRST)), view.moment());
        assertThat(view.documents()).containsValue(document("two", 9, FIRST));
        assertThat(view.disputed()).isEmpty();
    }

    @Test
    void push_of_another_life_that_was_created_later_replaces_until_a_read_decides() {
        view.pushed(document("two", 2, FIRST));
        view.pushed(document("one", 9, ANEW));
        assertThat(view.documents()).containsValue(document("one", 9, ANEW));
        assertThat(view.disputed()).containsExactly("request-1");

        view.read(List.of(document("two", 2, FIRST)), view.moment());
        view.pushed(document("two", 3, FIRST));
        assertThat(view.documents()).containsValue(document("two", 3, FIRST));
    }

    @Test
    void dispute_says_nothing_of_when_the_known_life_was_there() {
        view.pushed(document("one", 3, ANEW));
        int since = view.moment();
        view.pushed(document("two", 9, FIRST));
        view.listed(Set.of(), since);

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void new_life_takes_over_nothing_of_when_the_replaced_one_was_there() {
        view.pushed(document("one", 3, FIRST));
        view.read(List.of(document("two", 1, ANEW)), 0);
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
