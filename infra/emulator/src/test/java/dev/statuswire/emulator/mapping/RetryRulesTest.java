package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryRulesTest {

    private static final BatchOutcome THREW =
            new BatchOutcome.Threw(new IllegalStateException("on purpose"));

    private final Batch batch = StreamRecords.batch(1, 5);

    @Test
    void a_success_finishes_the_batch() {
        assertThat(new RetryRules(0).after(batch, new BatchOutcome.Done()))
                .isEqualTo(new RetryRules.Next.Finished());
    }

    @Test
    void a_single_record_is_repeated_and_two_retries_are_three_invocations() {
        RetryRules rules = new RetryRules(2);
        Batch single = batch.part(0, 1);
        Batch twice = single.triedOnce().triedOnce();
        assertThat(rules.after(single, THREW))
                .isEqualTo(new RetryRules.Next.Again(0, List.of(single.triedOnce())));
        assertThat(rules.after(single.triedOnce(), THREW))
                .isEqualTo(new RetryRules.Next.Again(0, List.of(twice)));
        assertThat(rules.after(twice, THREW))
                .isEqualTo(
                        new RetryRules.Next.GiveUp(
                                0, twice.triedOnce(), DiscardReason.RETRY_ATTEMPTS_EXHAUSTED));
    }

    @Test
    void no_retry_gives_up_a_single_record_at_once() {
        assertThat(new RetryRules(0).after(batch.part(4, 5), THREW))
                .isInstanceOf(RetryRules.Next.GiveUp.class);
    }

    @Test
    void unlimited_retries_never_give_up() {
        Batch often = new Batch(batch.part(0, 1).records(), 100_000, 100_000);
        assertThat(new RetryRules(MappingSettings.UNLIMITED).after(often, THREW))
                .isInstanceOf(RetryRules.Next.Again.class);
    }

    @Test
    void bisect_halves_a_failed_batch_and_that_does_not_count() {
        assertThat(new RetryRules(0).after(batch, THREW))
                .isEqualTo(
                        new RetryRules.Next.Again(
                                0,
                                List.of(
                                        batch.part(0, 3).triedFree(),
                                        batch.part(3, 5).triedFree())));
    }

    @Test
    void bisect_cuts_a_partial_failure_at_its_record_and_that_does_not_count() {
        assertThat(new RetryRules(0).after(batch, new BatchOutcome.FailedFrom(2)))
                .isEqualTo(new RetryRules.Next.Again(2, List.of(batch.part(2, 5).triedFree())));
    }

    @Test
    void bisect_halves_where_the_first_record_is_the_one_reported() {
        assertThat(new RetryRules(0).after(batch, new BatchOutcome.FailedFrom(0)))
                .isEqualTo(
                        new RetryRules.Next.Again(
                                0,
                                List.of(
                                        batch.part(0, 3).triedFree(),
                                        batch.part(3, 5).triedFree())));
    }
}
