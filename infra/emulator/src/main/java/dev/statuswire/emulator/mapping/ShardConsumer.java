package dev.statuswire.emulator.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processes one shard: reads it, distributes its records to lanes, and stores its position. Used by
 * the reader's thread.
 */
final class ShardConsumer {

    private final String shardId;
    private final ShardPositions positions;
    private final ShardLanes lanes;
    private final ShardReader reader;
    private @Nullable SequenceNumber saved;

    ShardConsumer(String shardId, StreamSource source, ShardPositions positions, ShardLanes lanes) {
        this.shardId = shardId;
        this.positions = positions;
        this.lanes = lanes;
        Optional<SequenceNumber> from = positions.read(shardId);
        saved = from.orElse(null);
        reader = new ShardReader(source, shardId, from, lanes::accept);
    }

    String shardId() {
        return shardId;
    }

    ShardLanes lanes() {
        return lanes;
    }

    /**
     * Called when the stream no longer has the shard. Records that were already read are still
     * processed.
     */
    void markGone() {
        reader.markGone();
    }

    /**
     * Reads a page, unless the lanes are too far behind. Returns whether to continue reading at
     * once.
     */
    boolean readOnce() {
        return !reader.isAtEnd() && !lanes.progress().isFull() && reader.readOnce();
    }

    /** Returns whether the shard is at its end and all its records are done. */
    boolean isDone() {
        return reader.isAtEnd() && lanes.progress().isIdle();
    }

    /**
     * Writes the position if it has moved. A restart redelivers the records behind the written
     * position.
     */
    void savePosition() {
        Optional<SequenceNumber> reached = lanes.progress().position();
        if (reached.isPresent() && (saved == null || reached.get().compareTo(saved) > 0)) {
            saved = positions.advance(shardId, saved, reached.get());
        }
    }

    /** Returns whether {@link #savePosition} has a new position to write. */
    boolean hasMoved() {
        return lanes.progress()
                .position()
                .map(reached -> saved == null || reached.compareTo(saved) > 0)
                .orElse(false);
    }

    /** Returns whether the position cannot move before more records are read. */
    boolean isSettled() {
        return lanes.progress().isIdle() && !hasMoved();
    }
}
