package dev.statuswire.emulator.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One shard on its way through: read, worked on in lanes, and its position kept. Used by the
 * reader's thread.
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

    /** The stream no longer has the shard; what was read of it is still worked on. */
    void gone() {
        reader.gone();
    }

    /** Reads a page, unless the lanes are too far behind. Says whether to go on at once. */
    boolean readOnce() {
        return !reader.isAtEnd() && !lanes.progress().isFull() && reader.readOnce();
    }

    /** Closed, read to its end, and all of it worked on. */
    boolean isDone() {
        return reader.isAtEnd() && lanes.progress().isIdle();
    }

    /** Writes the position if it moved; before that moment nothing is taken for done. */
    void savePosition() {
        Optional<SequenceNumber> reached = lanes.progress().position();
        if (reached.isPresent() && (saved == null || reached.get().compareTo(saved) > 0)) {
            saved = positions.advance(shardId, saved, reached.get());
        }
    }

    /** Whether {@link #savePosition} has something to write. */
    boolean hasMoved() {
        return lanes.progress()
                .position()
                .map(reached -> saved == null || reached.compareTo(saved) > 0)
                .orElse(false);
    }

    /** Whether no position can move before more is read. */
    boolean isSettled() {
        return lanes.progress().isIdle() && !hasMoved();
    }
}
