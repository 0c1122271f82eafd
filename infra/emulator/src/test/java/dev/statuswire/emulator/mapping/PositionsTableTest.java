package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PositionsTableTest {

    private static final SequenceNumber NINE = SequenceNumber.of("9");
    private static final SequenceNumber TEN = SequenceNumber.of("10");
    private static final SequenceNumber ELEVEN = SequenceNumber.of("11");

    private final StreamFixture tables = new StreamFixture();
    private final ShardPositions positions =
            new PositionsTable(tables.engine().client(), "positions", StreamRecords.ARN, "m");

    @AfterEach
    void close() throws InterruptedException {
        tables.close();
    }

    @Test
    void a_new_shard_has_no_position() {
        assertThat(positions.read("shard")).isEmpty();
    }

    @Test
    void a_position_is_stored_by_stream_shard_and_mapping() {
        assertThat(positions.advance("shard", null, NINE)).isEqualTo(NINE);
        assertThat(positions.advance("shard", NINE, TEN)).isEqualTo(TEN);
        assertThat(positions.read("shard")).contains(TEN);
        assertThat(tables.positions())
                .containsExactly(java.util.Map.entry(StreamRecords.ARN + "#shard#m", "10"));
    }

    @Test
    void a_position_never_moves_back_behind_that_of_another_process() {
        positions.advance("shard", null, ELEVEN);
        assertThat(positions.advance("shard", null, TEN)).isEqualTo(ELEVEN);
        assertThat(positions.advance("shard", NINE, TEN)).isEqualTo(ELEVEN);
        assertThat(positions.read("shard")).contains(ELEVEN);
    }

    @Test
    void a_position_moves_forward_from_that_of_another_process() {
        positions.advance("shard", null, NINE);
        assertThat(positions.advance("shard", null, TEN)).isEqualTo(TEN);
        assertThat(positions.read("shard")).contains(TEN);
    }
}
