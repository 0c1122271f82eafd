package dev.statuswire.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepStateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StepState ONE = done("one");
    private static final StepState TWO = done("two");
    private static final StepState THREE = done("three");
    private static final List<String> NAMES = List.of("one", "two", "three");

    @Test
    void steps_are_all_pending_if_the_request_has_none() {
        assertThat(StepState.ofType(NAMES, Set.of(), List.of()))
                .containsExactly(pending("one"), pending("two"), pending("three"));
    }

    @Test
    void finished_steps_are_kept_with_their_outputs() {
        assertThat(StepState.ofType(NAMES, Set.of(), List.of(ONE, TWO, THREE)))
                .containsExactly(ONE, TWO, THREE);
    }

    @Test
    void running_or_failed_step_becomes_pending() {
        var failed = pending("two").failed(new RequestError("c", "m", "two", true), NOW);

        assertThat(StepState.ofType(NAMES, Set.of(), List.of(ONE, pending("two").started(NOW))))
                .containsExactly(ONE, pending("two"), pending("three"));
        assertThat(StepState.ofType(NAMES, Set.of(), List.of(ONE, failed)))
                .containsExactly(ONE, pending("two"), pending("three"));
    }

    @Test
    void finished_step_after_an_undone_one_is_kept() {
        assertThat(StepState.ofType(NAMES, Set.of(), List.of(ONE, pending("two"), THREE)))
                .containsExactly(ONE, pending("two"), THREE);
    }

    @Test
    void steps_with_another_name_are_not_kept() {
        assertThat(
                        StepState.ofType(
                                List.of("one", "new", "three"), Set.of(), List.of(ONE, TWO, THREE)))
                .containsExactly(ONE, pending("new"), THREE);
        assertThat(StepState.ofType(List.of("two", "one"), Set.of(), List.of(ONE, TWO)))
                .containsExactly(pending("two"), pending("one"));
    }

    @Test
    void steps_that_the_type_no_longer_has_are_dropped() {
        assertThat(StepState.ofType(List.of("one"), Set.of(), List.of(ONE, TWO)))
                .containsExactly(ONE);
    }

    private static StepState pending(String name) {
        return StepState.pending(name);
    }

    private static StepState done(String name) {
        return pending(name).started(NOW).succeeded("{}", NOW);
    }
}
