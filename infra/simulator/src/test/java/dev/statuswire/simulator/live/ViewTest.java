package dev.statuswire.simulator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.simulator.live.View.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the model of a page does with removals; schedules in which these matter are rare. */
final class ViewTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ANEW = Instant.parse("2026-01-08T00:00:00Z");

    private final View view = new View();

    @Test
    void what_was_pushed_before_a_removal_and_comes_after_it_is_left_out() {
        view.pushed(document(4, FIRST));
        view.removed("request-1", 5, FIRST);
        view.pushed(document(5, FIRST));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void what_has_no_time_yet_is_left_out_by_its_version() {
        view.removed("request-1", 5, FIRST);
        view.pushed(document(1, null));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void request_that_is_submitted_anew_is_shown() {
        view.pushed(document(5, FIRST));
        view.removed("request-1", 5, FIRST);
        view.pushed(document(1, ANEW));

        assertThat(view.documents()).containsValue(document(1, ANEW));
    }

    @Test
    void removal_that_comes_late_leaves_the_request_that_was_submitted_anew() {
        view.pushed(document(1, ANEW));
        view.removed("request-1", 5, FIRST);

        assertThat(view.documents()).containsValue(document(1, ANEW));
    }

    @Test
    void removal_of_the_former_request_does_not_take_the_place_of_that_of_the_latter() {
        view.removed("request-1", 3, ANEW);
        view.removed("request-1", 5, FIRST);
        view.pushed(document(2, ANEW));

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void read_that_was_started_before_a_removal_does_not_undo_it() {
        int since = view.moment();
        view.removed("request-1", 5, FIRST);
        view.read(List.of(document(5, FIRST)), since);

        assertThat(view.documents()).isEmpty();
    }

    @Test
    void read_that_was_started_before_a_late_removal_still_has_what_was_submitted_anew() {
        int since = view.moment();
        view.removed("request-1", 5, FIRST);
        view.read(List.of(document(1, ANEW)), since);

        assertThat(view.documents()).containsValue(document(1, ANEW));
    }

    @Test
    void read_that_was_started_after_a_removal_is_right_whatever_clocks_say() {
        view.removed("request-1", 5, ANEW);
        view.read(List.of(document(1, FIRST)), view.moment());
        view.pushed(document(2, FIRST));

        assertThat(view.documents()).containsValue(document(2, FIRST));
    }

    @Test
    void what_a_read_did_not_find_is_left_out_when_it_is_pushed_late() {
        view.pushed(document(4, FIRST));
        view.missing("request-1");
        view.pushed(document(4, FIRST));

        assertThat(view.documents()).isEmpty();
    }

    private static Shown document(long version, @Nullable Instant createdAt) {
        return new Shown("request-1", version, false, createdAt);
    }
}
