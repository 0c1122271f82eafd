package dev.statuswire.emulator.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored positions of one mapping in each shard of one stream. They survive restarts. */
interface ShardPositions {

    /**
     * Returns the last record that is done with all records before it; empty if the shard has not
     * been read yet.
     */
    Optional<SequenceNumber> read(String shardId);

    /**
     * Moves the position forward, never back.
     *
     * @param from the position as this mapping last read or wrote it; null if there was none
     * @return the stored position: {@code to}, or a later one if another process moved it there
     */
    SequenceNumber advance(String shardId, @Nullable SequenceNumber from, SequenceNumber to);
}
