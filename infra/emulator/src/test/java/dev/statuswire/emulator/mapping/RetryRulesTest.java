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
    void a_single_record_is_retried_and_two_retries_are_three_invocations() {
        RetryRules rules = new RetryRules(2);
        Batch single = batch.part(0, 1);
        Batch twice = single.afterCountedFailure().afterCountedFailure();
        assertThat(rules.after(single, THREW))
                .isEqualTo(new RetryRules.Next.Retry(0, List.of(single.afterCountedFailure())));
        assertThat(rules.after(single.afterCountedFailure(), THREW))
                .isEqualTo(new RetryRules.Next.Retry(0, List.of(twice)));
        assertThat(rules.after(twice, THREW))
                .isEqualTo(
                        new RetryRules.Next.GiveUp(
                                0,
                                twice.afterCountedFailure(),
                                DiscardReason.RETRY_ATTEMPTS_EXHAUSTED));
    }

    @Test
    void without_retries_a_single_record_is_discarded_at_once() {
        assertThat(new RetryRules(0).after(batch.part(4, 5), THREW))
                .isInstanceOf(RetryRules.Next.GiveUp.class);
    }

    @Test
    void with_unlimited_retries_no_record_is_discarded() {
        Batch often = new Batch(batch.part(0, 1).records(), 100_000, 100_000);
        assertThat(new RetryRules(MappingSettings.UNLIMITED).after(often, THREW))
                .isInstanceOf(RetryRules.Next.Retry.class);
    }

    @Test
    void bisect_halves_a_failed_batch_without_counting_a_retry() {
        assertThat(new RetryRules(0).after(batch, THREW))
                .isEqualTo(
                        new RetryRules.Next.Retry(
                                0,
                                List.of(
                                        batch.part(0, 3).afterUncountedFailure(),
                                        batch.part(3, 5).afterUncountedFailure())));
    }

    @Test
    void bisect_splits_a_partial_failure_at_its_record_without_counting_a_retry() {
        assertThat(new RetryRules(0).after(batch, new BatchOutcome.FailedFrom(2)))
                .isEqualTo(
                        new RetryRules.Next.Retry(
                                2, List.of(batch.part(2, 5).afterUncountedFailure())));
    }

    @Test
    void bisect_halves_a_batch_if_its_first_record_is_reported() {
        assertThat(new RetryRules(0).after(batch, new BatchOutcome.FailedFrom(0)))
                .isEqualTo(
                        new RetryRules.Next.Retry(
                                0,
                                List.of(
                                        batch.part(0, 3).afterUncountedFailure(),
                                        batch.part(3, 5).afterUncountedFailure())));
    }
}
