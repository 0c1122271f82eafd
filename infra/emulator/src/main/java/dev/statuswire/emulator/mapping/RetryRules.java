package dev.statuswire.emulator.mapping;

import java.util.List;

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

    private final Retries retries;

    RetryRules(Retries retries) {
        this.retries = retries;
    }

    Next after(Batch batch, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> new Next.Finished();
            case Outcome.Threw(Throwable cause) -> failedFrom(0, batch);
            case Outcome.FailedFrom(int index) -> failedFrom(index, batch);
        };
    }

    private Next failedFrom(int index, Batch batch) {
        Batch rest = batch.part(index, batch.size());
        if (!retries.bisect()) {
            return again(index, rest.triedOnce());
        }
        if (index > 0) {
            return new Next.Again(index, List.of(rest.triedFree()));
        }
        return rest.size() == 1
                ? again(0, rest.triedOnce())
                : new Next.Again(0, halves(rest.triedFree()));
    }

    private Next again(int done, Batch rest) {
        return retries.exhausted(rest.attempts())
                ? new Next.GiveUp(done, rest, Condition.RETRY_ATTEMPTS_EXHAUSTED)
                : new Next.Again(done, List.of(rest));
    }

    private static List<Batch> halves(Batch batch) {
        int middle = (batch.size() + 1) / 2;
        return List.of(batch.part(0, middle), batch.part(middle, batch.size()));
    }
}
