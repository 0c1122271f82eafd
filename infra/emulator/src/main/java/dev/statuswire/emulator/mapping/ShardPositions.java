package dev.statuswire.emulator.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far one mapping got in each shard of one stream, kept over restarts. */
interface ShardPositions {

    /** The last record that is done with all before it; empty for a shard that was not read yet. */
    Optional<SequenceNumber> read(String shardId);

    /**
     * Moves on, never back.
     *
     * @param from where this mapping last saw it; null if nowhere
     * @return where it stands now: {@code to}, or further if another process moved it there
     */
    SequenceNumber advance(String shardId, @Nullable SequenceNumber from, SequenceNumber to);
}
