package dev.statuswire.emulator.mapping;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one shard over all its lanes. Its position is the last record before the first
 * unfinished one. Later records may be finished too; after a crash they are redelivered.
 *
 * <p>It also limits how far the reader gets ahead of a blocked lane. At {@link #MOST_RECORDS}
 * records, counted from the first unfinished one, or {@link #MOST_BYTES} of unfinished payload, it
 * {@link #isFull}. The shard is then not read until the blocked batch succeeds or is discarded.
 * Lambda also has a limit, but does not document it.
 *
 * <p>Thread-safe.
 */
final class ShardProgress {

    static final int MOST_RECORDS = 10_000;
    static final long MOST_BYTES = 64L * 1024 * 1024;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<SequenceNumber, Entry> unfinished = new HashMap<>();
    private long bytes;
    private @Nullable SequenceNumber position;

    private static final class Entry {
        private final SequenceNumber number;
        private final int bytes;

        Entry(SequenceNumber number, int bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    /** Adds a record for the function. Records are added in the order of the shard. */
    synchronized void read(SequenceNumber number, int size) {
        Entry entry = new Entry(number, size);
        entries.addLast(entry);
        unfinished.put(number, entry);
        bytes += size;
    }

    /** Adds a record that the filters skip. */
    synchronized void skipped(SequenceNumber number) {
        entries.addLast(new Entry(number, 0));
        advance();
    }

    synchronized void finished(Collection<BatchRecord> records) {
        for (BatchRecord record : records) {
            Entry entry = unfinished.remove(record.number());
            bytes -= entry == null ? 0 : entry.bytes;
        }
        advance();
    }

    private void advance() {
        while (!entries.isEmpty() && !unfinished.containsKey(entries.getFirst().number)) {
            position = entries.removeFirst().number;
        }
    }

    /**
     * Returns the last record before the first unfinished one; empty until the first record is
     * finished.
     */
    synchronized Optional<SequenceNumber> position() {
        return Optional.ofNullable(position);
    }

    /** Returns whether all records are finished. */
    synchronized boolean isIdle() {
        return unfinished.isEmpty();
    }

    synchronized boolean isFull() {
        return entries.size() >= MOST_RECORDS || bytes >= MOST_BYTES;
    }
}
