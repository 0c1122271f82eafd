package dev.statuswire.emulator.mapping;

import dev.statuswire.emulator.engine.DynamoDbEngine;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A fake stream behind the SDK's interface. Its shards fill, close, split, are trimmed and
 * disappear, and its iterators expire, as documented in the API reference. Pages are small, so that
 * there are several. Used by one thread.
 */
final class FakeStream implements DynamoDbStreamsClient {

    static final int RECORDS_A_PAGE = 3;
    static final int SHARDS_A_PAGE = 2;

    private final Map<String, FakeShard> shards = new LinkedHashMap<>();
    private final Queue<RuntimeException> faults = new ArrayDeque<>();
    private final List<Integer> limits = new ArrayList<>();
    private @Nullable RuntimeException refusal;
    private int iterators;
    private int expired;

    private static final class FakeShard {
        private final @Nullable String parent;
        private final List<Record> records = new ArrayList<>();
        private int trimmed;
        private boolean closed;

        FakeShard(@Nullable String parent) {
            this.parent = parent;
        }
    }

    FakeStream open(String shard, @Nullable String parent) {
        shards.put(shard, new FakeShard(parent));
        return this;
    }

    /** Adds the records {@code first..last} of the item {@code id}. */
    FakeStream put(String shard, String id, int first, int last) {
        for (int number = first; number <= last; number++) {
            shard(shard).records.add(StreamRecords.of(id, number));
        }
        return this;
    }

    FakeStream shut(String shard) {
        shard(shard).closed = true;
        return this;
    }

    /** Removes the oldest {@code records} records of the shard. */
    void trim(String shard, int records) {
        shard(shard).trimmed += records;
    }

    /** Removes the shard from the stream. */
    void drop(String shard) {
        shards.remove(shard);
    }

    void expireIterators() {
        expired = iterators;
    }

    void failNextRead(RuntimeException fault) {
        faults.add(fault);
    }

    /** Returns a source that throws {@code error} for every position. */
    StreamSource refusingPositions(RuntimeException error) {
        refusal = error;
        return source();
    }

    /** Returns the limit of each read. */
    List<Integer> limits() {
        return limits;
    }

    Shard described(String shard) {
        FakeShard it = shard(shard);
        return Shard.builder()
                .shardId(shard)
                .parentShardId(it.parent)
                .sequenceNumberRange(
                        range ->
                                range.startingSequenceNumber("0")
                                        .endingSequenceNumber(it.closed ? "999" : null))
                .build();
    }

    private FakeShard shard(String id) {
        FakeShard shard = shards.get(id);
        if (shard == null) {
            throw ResourceNotFoundException.builder().message(id).build();
        }
        return shard;
    }

    @Override
    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
        List<String> ids = List.copyOf(shards.keySet());
        int from =
                request.exclusiveStartShardId() == null
                        ? 0
                        : ids.indexOf(request.exclusiveStartShardId()) + 1;
        List<String> page = ids.subList(from, Math.min(ids.size(), from + SHARDS_A_PAGE));
        boolean more = from + page.size() < ids.size();
        return DescribeStreamResponse.builder()
                .streamDescription(
                        stream ->
                                stream.streamArn(request.streamArn())
                                        .shards(page.stream().map(this::described).toList())
                                        .lastEvaluatedShardId(more ? page.getLast() : null))
                .build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        FakeShard shard = shard(request.shardId());
        int index =
                request.shardIteratorType() == ShardIteratorType.TRIM_HORIZON
                        ? shard.trimmed
                        : after(shard, request.sequenceNumber());
        return GetShardIteratorResponse.builder()
                .shardIterator(iterator(request.shardId(), index))
                .build();
    }

    private int after(FakeShard shard, String number) {
        if (refusal != null) {
            throw refusal;
        }
        int index = 0;
        while (!shard.records.get(index).dynamodb().sequenceNumber().equals(number)) {
            index++;
        }
        if (index < shard.trimmed) {
            throw TrimmedDataAccessException.builder().message(number).build();
        }
        return index + 1;
    }

    private String iterator(String shard, int index) {
        return iterators++ + " " + shard + " " + index;
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
        limits.add(request.limit());
        RuntimeException fault = faults.poll();
        if (fault != null) {
            throw fault;
        }
        String[] iterator = request.shardIterator().split(" ", -1);
        if (Integer.parseInt(iterator[0]) < expired) {
            throw ExpiredIteratorException.builder().message(request.shardIterator()).build();
        }
        return page(iterator[1], Integer.parseInt(iterator[2]));
    }

    private GetRecordsResponse page(String id, int from) {
        FakeShard shard = shard(id);
        if (from < shard.trimmed) {
            throw TrimmedDataAccessException.builder().message(id).build();
        }
        int to = Math.min(shard.records.size(), from + RECORDS_A_PAGE);
        boolean ends = shard.closed && to == shard.records.size();
        return GetRecordsResponse.builder()
                .records(shard.records.subList(from, to))
                .nextShardIterator(ends ? null : iterator(id, to))
                .build();
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}

    StreamSource source() {
        return new StreamSource(new Engine(this), StreamRecords.ARN);
    }

    private record Engine(DynamoDbStreamsClient streams) implements DynamoDbEngine {
        @Override
        public DynamoDbClient client() {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI endpoint() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onWrite(String table, Runnable listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
