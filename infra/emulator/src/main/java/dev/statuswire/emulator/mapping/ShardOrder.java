package dev.statuswire.emulator.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * Which shards may be read: those whose parent is done, or gone from the stream before it was
 * begun. So changes of one item come in order when a shard is split.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Shards</a>:
 *     "an application must always process a parent shard before it processes a child shard"
 */
final class ShardOrder {

    private ShardOrder() {}

    /**
     * @param begun shards that are read or done
     * @param done the ones of them that are done
     */
    static List<Shard> next(Collection<Shard> all, Set<String> begun, Set<String> done) {
        Set<String> heldUpBy = all.stream().map(Shard::shardId).collect(Collectors.toSet());
        heldUpBy.addAll(begun);
        heldUpBy.removeAll(done);
        return all.stream()
                .filter(shard -> !begun.contains(shard.shardId()))
                .filter(shard -> !heldUpBy.contains(String.valueOf(shard.parentShardId())))
                .toList();
    }
}
