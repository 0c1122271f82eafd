package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Lambda's rules for a batch after an invocation.
 *
 * <ul>
 *   <li>After a failed invocation, the whole batch is retried up to the maximum number of retries,
 *       and then discarded.
 *   <li>With bisect, a failed batch of several records is halved instead, "regardless of your
 *       {@code ReportBatchItemFailures} setting", and "splitting a batch does not count towards the
 *       retry quota". The maximum therefore applies to single records.
 *   <li>After a partial failure, the batch is retried from the lowest reported record on. With
 *       bisect, "the batch is bisected at the returned sequence number", which does not count as a
 *       retry either.
 * </ul>
 *
 * The documentation leaves one case open: bisect is on, and the first of several records is
 * reported. A split there would remove nothing, and the batch would never get smaller. So the batch
 * is halved, as after a failed invocation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>, "Bisecting a batch"
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain
 *     discarded batch records</a>, which contains the sentence about the quota
 */
final class RetryRules {

    /** What happens next to a batch. */
    sealed interface Next {

        /** All records are finished. */
        record Finished() implements Next {}

        /**
         * The first {@code done} records are finished; the others are retried.
         *
         * @param rest the batches to retry, in order; at least one
         */
        record Retry(int done, List<Batch> rest) implements Next {}

        /** The first {@code done} records are finished; {@code lost} is discarded. */
        record GiveUp(int done, Batch lost, DiscardReason reason) implements Next {}
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 9;

    private final int maximumRetryAttempts;

    RetryRules(int maximumRetryAttempts) {
        this.maximumRetryAttempts = maximumRetryAttempts;
    }

    Next after(Batch batch, BatchOutcome outcome) {
        return switch (outcome) {
            case BatchOutcome.Done() -> new Next.Finished();
            case BatchOutcome.Threw(Throwable cause) -> failedFrom(0, batch);
            case BatchOutcome.FailedFrom(int index) -> failedFrom(index, batch);
        };
    }

    private Next failedFrom(int index, Batch batch) {
        Batch rest = batch.part(index, batch.size());
        if (index > 0) {
            return new Next.Retry(index, List.of(rest.afterUncountedFailure()));
        }
        return rest.size() == 1
                ? retry(0, rest.afterCountedFailure())
                : new Next.Retry(0, halves(rest.afterUncountedFailure()));
    }

    private Next retry(int done, Batch rest) {
        boolean exhausted =
                maximumRetryAttempts != MappingSettings.UNLIMITED
                        && rest.attempts() > maximumRetryAttempts;
        return exhausted
                ? new Next.GiveUp(done, rest, DiscardReason.RETRY_ATTEMPTS_EXHAUSTED)
                : new Next.Retry(done, List.of(rest));
    }

    private static List<Batch> halves(Batch batch) {
        int middle = (batch.size() + 1) / 2;
        return List.of(batch.part(0, middle), batch.part(middle, batch.size()));
    }

    /**
     * Returns the pause before a failed batch is retried: 100 ms, doubled with each invocation up
     * to 30 s, minus a random part of at most half. Lambda's documentation says that it backs off
     * exponentially, but not how fast.
     *
     * @param invocations how often the function was invoked with the batch, at least 1
     */
    static Duration pause(int invocations, RandomGenerator random) {
        long full = FIRST_PAUSE.toMillis() << Math.min(invocations - 1, DOUBLINGS);
        long half = Math.min(full, LONGEST_PAUSE.toMillis()) / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }
}
