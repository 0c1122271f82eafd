package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.Shard;

final class ShardOrderTest {

    private final List<Shard> shards =
            List.of(shard("b", "a"), shard("c", "a"), shard("a", null), shard("d", "b"));

    @Test
    void a_shard_without_a_parent_is_read_first() {
        assertThat(StreamConsumer.next(shards, Set.of(), Set.of()))
                .extracting(Shard::shardId)
                .containsExactly("a");
    }

    @Test
    void children_wait_until_their_parent_is_done() {
        assertThat(StreamConsumer.next(shards, Set.of("a"), Set.of())).isEmpty();
        assertThat(StreamConsumer.next(shards, Set.of("a"), Set.of("a")))
                .extracting(Shard::shardId)
                .containsExactly("b", "c");
        assertThat(StreamConsumer.next(shards, Set.of("a", "b", "c"), Set.of("a", "b")))
                .extracting(Shard::shardId)
                .containsExactly("d");
    }

    @Test
    void a_parent_that_the_stream_no_longer_has_does_not_block_its_children() {
        assertThat(StreamConsumer.next(List.of(shard("z", "gone")), Set.of(), Set.of()))
                .extracting(Shard::shardId)
                .containsExactly("z");
    }

    @Test
    void a_parent_that_disappears_while_it_is_read_blocks_its_children_until_it_is_done() {
        List<Shard> child = List.of(shard("z", "gone"));
        assertThat(StreamConsumer.next(child, Set.of("gone"), Set.of())).isEmpty();
        assertThat(StreamConsumer.next(child, Set.of("gone"), Set.of("gone")))
                .extracting(Shard::shardId)
                .containsExactly("z");
    }

    private static Shard shard(String id, @Nullable String parent) {
        return Shard.builder().shardId(id).parentShardId(parent).build();
    }
}
