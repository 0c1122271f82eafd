package dev.statuswire.emulator.mapping;

import java.util.List;

/**
 * The records of one invocation, in stream order; at least one.
 *
 * @param attempts the number of failed invocations that count against the maximum number of retries
 * @param invocations the number of invocations that these records were part of
 */
record Batch(List<BatchRecord> records, int attempts, int invocations) {

    Batch {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch must have at least one record");
        }
    }

    static Batch of(List<BatchRecord> records) {
        return new Batch(records, 0, 0);
    }

    int size() {
        return records.size();
    }

    BatchRecord first() {
        return records.getFirst();
    }

    BatchRecord last() {
        return records.getLast();
    }

    /**
     * Returns the records from {@code from} (inclusive) to {@code to} (exclusive), with this
     * batch's counts.
     */
    Batch part(int from, int to) {
        return new Batch(records.subList(from, to), attempts, invocations);
    }

    /** Returns the batch after a failure that counts against the maximum number of retries. */
    Batch afterCountedFailure() {
        return new Batch(records, attempts + 1, invocations + 1);
    }

    /**
     * Returns the batch after a failure that does not count against the maximum number of retries.
     */
    Batch afterUncountedFailure() {
        return new Batch(records, attempts, invocations + 1);
    }
}
