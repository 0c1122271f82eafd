package dev.statuswire.emulator.mapping;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one shard is done, over all its lanes: up to the last record before the first unfinished
 * one. Records after that may be finished too; after a crash they are delivered again.
 *
 * <p>It also bounds how far the reader runs ahead of a lane that is stuck: past {@link
 * #MOST_RECORDS} records from the first unfinished one on, or {@link #MOST_BYTES} of unfinished
 * payload, it {@link #isFull}, and the shard is not read until the stuck batch succeeds or is
 * discarded. Lambda has a bound too, but does not say which.
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

    /** A record that the function gets, read after all before it. */
    synchronized void read(SequenceNumber number, int size) {
        Entry entry = new Entry(number, size);
        entries.addLast(entry);
        unfinished.put(number, entry);
        bytes += size;
    }

    /** A record that the function does not get. */
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

    /** The last record before the first unfinished one; none before the first is finished. */
    synchronized Optional<SequenceNumber> position() {
        return Optional.ofNullable(position);
    }

    /** Whether everything read is finished. */
    synchronized boolean isIdle() {
        return unfinished.isEmpty();
    }

    synchronized boolean isFull() {
        return entries.size() >= MOST_RECORDS || bytes >= MOST_BYTES;
    }
}
