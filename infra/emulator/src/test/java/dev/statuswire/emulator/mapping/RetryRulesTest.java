package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryRulesTest {

    private static final Outcome THREW = new Outcome.Threw(new IllegalStateException("on purpose"));

    private final Batch batch = StreamRecords.batch(1, 5);

    @Test
    void a_success_finishes_the_batch() {
        assertThat(rules(0, false).after(batch, new Outcome.Done())).isEqualTo(new Next.Finished());
    }

    @Test
    void a_failed_invocation_is_repeated_whole() {
        assertThat(rules(2, false).after(batch, THREW))
                .isEqualTo(new Next.Again(0, List.of(batch.triedOnce())));
    }

    @Test
    void two_retries_are_three_invocations() {
        RetryRules rules = rules(2, false);
        Batch twice = batch.triedOnce().triedOnce();
        assertThat(rules.after(batch.triedOnce(), THREW))
                .isEqualTo(new Next.Again(0, List.of(twice)));
        assertThat(rules.after(twice, THREW))
                .isEqualTo(
                        new Next.GiveUp(0, twice.triedOnce(), Condition.RETRY_ATTEMPTS_EXHAUSTED));
    }

    @Test
    void no_retry_gives_up_at_once() {
        assertThat(rules(0, false).after(batch, THREW)).isInstanceOf(Next.GiveUp.class);
    }

    @Test
    void unlimited_retries_never_give_up() {
        Batch often = new Batch(batch.records(), 100_000, 100_000);
        assertThat(rules(Retries.UNLIMITED, false).after(often, THREW))
                .isInstanceOf(Next.Again.class);
    }

    @Test
    void a_partial_failure_is_repeated_from_its_record_on_and_counts() {
        assertThat(rules(5, false).after(batch, new Outcome.FailedFrom(3)))
                .isEqualTo(new Next.Again(3, List.of(batch.part(3, 5).triedOnce())));
    }

    @Test
    void a_partial_failure_without_retries_loses_only_the_rest() {
        assertThat(rules(0, false).after(batch, new Outcome.FailedFrom(3)))
                .isEqualTo(
                        new Next.GiveUp(
                                3,
                                batch.part(3, 5).triedOnce(),
                                Condition.RETRY_ATTEMPTS_EXHAUSTED));
    }

    @Test
    void bisect_halves_a_failed_batch_and_that_does_not_count() {
        assertThat(rules(0, true).after(batch, THREW))
                .isEqualTo(
                        new Next.Again(
                                0,
                                List.of(
                                        batch.part(0, 3).triedFree(),
                                        batch.part(3, 5).triedFree())));
    }

    @Test
    void bisect_cuts_a_partial_failure_at_its_record_and_that_does_not_count() {
        assertThat(rules(0, true).after(batch, new Outcome.FailedFrom(2)))
                .isEqualTo(new Next.Again(2, List.of(batch.part(2, 5).triedFree())));
    }

    @Test
    void bisect_halves_where_the_first_record_is_the_one_reported() {
        assertThat(rules(0, true).after(batch, new Outcome.FailedFrom(0)))
                .isEqualTo(
                        new Next.Again(
                                0,
                                List.of(
                                        batch.part(0, 3).triedFree(),
                                        batch.part(3, 5).triedFree())));
    }

    @Test
    void bisect_counts_the_tries_of_a_single_record() {
        Batch single = batch.part(0, 1);
        assertThat(rules(1, true).after(single, THREW))
                .isEqualTo(new Next.Again(0, List.of(single.triedOnce())));
        assertThat(rules(1, true).after(single.triedOnce(), THREW)).isInstanceOf(Next.GiveUp.class);
    }

    private static RetryRules rules(int maximum, boolean bisect) {
        return new RetryRules(new Retries(maximum, Retries.UNTIL_TRIMMED, bisect, true));
    }
}
