package dev.statuswire.emulator.mapping;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What Lambda does with a batch after an invocation.
 *
 * <ul>
 *   <li>An invocation that failed is repeated whole, up to the maximum of retries, and then
 *       discarded.
 *   <li>With bisect, a failed batch of several records is halved instead, "regardless of your
 *       {@code ReportBatchItemFailures} setting", and "splitting a batch does not count towards the
 *       retry quota". So the maximum applies to single records.
 *   <li>A partial failure is repeated from the lowest reported record on. With bisect "the batch is
 *       bisected at the returned sequence number", which again does not count.
 * </ul>
 *
 * The pages leave one case open: bisect, and the first record of several is the one reported.
 * Cutting there would cut nothing off, for ever, so the batch is halved as after a failed
 * invocation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>, "Bisecting a batch"
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain
 *     discarded batch records</a>, which has the sentence on the quota
 */
final class RetryRules {

    /** What becomes of a batch after an invocation. */
    sealed interface Next {

        /** Nothing is left to do. */
        record Finished() implements Next {}

        /**
         * The first {@code done} records are finished, the others go again.
         *
         * @param rest in order; never none
         */
        record Again(int done, List<Batch> rest) implements Next {}

        /** The first {@code done} records are finished, {@code lost} is discarded. */
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
            return new Next.Again(index, List.of(rest.triedFree()));
        }
        return rest.size() == 1
                ? again(0, rest.triedOnce())
                : new Next.Again(0, halves(rest.triedFree()));
    }

    private Next again(int done, Batch rest) {
        boolean exhausted =
                maximumRetryAttempts != MappingSettings.UNLIMITED
                        && rest.attempts() > maximumRetryAttempts;
        return exhausted
                ? new Next.GiveUp(done, rest, DiscardReason.RETRY_ATTEMPTS_EXHAUSTED)
                : new Next.Again(done, List.of(rest));
    }

    private static List<Batch> halves(Batch batch) {
        int middle = (batch.size() + 1) / 2;
        return List.of(batch.part(0, middle), batch.part(middle, batch.size()));
    }

    /**
     * How long a failed batch waits: 100 ms, doubled with each invocation up to 30 s, less a random
     * half at most. Lambda's pages say that it backs off exponentially, but not by how much.
     *
     * @param invocations how often it was invoked, 1 or more
     */
    static Duration pause(int invocations, RandomGenerator random) {
        long full = FIRST_PAUSE.toMillis() << Math.min(invocations - 1, DOUBLINGS);
        long half = Math.min(full, LONGEST_PAUSE.toMillis()) / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }
}
