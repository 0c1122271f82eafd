package dev.statuswire.emulator.mapping;

import java.util.List;

/**
 * Records for one invocation, in the order of the stream; never none.
 *
 * @param attempts tries of these records that failed and count against the maximum
 * @param invocations all tries that these records were in
 */
record Batch(List<BatchRecord> records, int attempts, int invocations) {

    Batch {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch has records");
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

    /** The records from {@code from} to before {@code to} with this one's history. */
    Batch part(int from, int to) {
        return new Batch(records.subList(from, to), attempts, invocations);
    }

    Batch triedOnce() {
        return new Batch(records, attempts + 1, invocations + 1);
    }

    /** Tried again for a reason that does not count against the maximum. */
    Batch triedFree() {
        return new Batch(records, attempts, invocations + 1);
    }
}
