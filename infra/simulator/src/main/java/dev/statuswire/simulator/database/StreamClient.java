package dev.statuswire.simulator.database;

import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.database.StreamLog.LoggedRecord;
import dev.statuswire.simulator.database.StreamLog.ShardLog;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The stream client of one process. An iterator consists of the shard's number and the index of the
 * next record.
 */
final class StreamClient implements DynamoDbStreamsClient {

    private static final String ARN = "arn:aws:dynamodb:local:000000000000:table/requests/stream/1";

    private static final Stream STREAM = Stream.builder().streamArn(ARN).streamLabel("1").build();

    private final StreamLog log;
    private final SimulatedProcess host;
    private final RandomChoices choices;
    private final UnreliableCalls calls;

    StreamClient(
            StreamLog log, SimulatedProcess host, RandomChoices choices, UnreliableCalls calls) {
        this.log = log;
        this.host = host;
        this.choices = choices;
        this.calls = calls;
    }

    @Override
    public ListStreamsResponse listStreams(ListStreamsRequest request) {
        return calls.read(() -> ListStreamsResponse.builder().streams(STREAM).build());
    }

    @Override
    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
        return calls.read(
                () -> {
                    List<Shard> shards = log.shards().stream().map(StreamClient::shard).toList();
                    return DescribeStreamResponse.builder()
                            .streamDescription(stream -> stream.streamArn(ARN).shards(shards))
                            .build();
                });
    }

    private static Shard shard(ShardLog shard) {
        return Shard.builder()
                .shardId(shard.id)
                .parentShardId(shard.parent)
                .sequenceNumberRange(
                        range ->
                                range.startingSequenceNumber("1")
                                        .endingSequenceNumber(shard.closed ? "2" : null))
                .build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        return calls.read(
                () -> {
                    int index = index(request.shardId());
                    int next = next(log.shards().get(index).entries, request.sequenceNumber());
                    return GetShardIteratorResponse.builder()
                            .shardIterator(index + ":" + next)
                            .build();
                });
    }

    private int index(String shardId) {
        return Integer.parseInt(shardId.substring(shardId.indexOf('-') + 1));
    }

    private static int next(
            List<LoggedRecord> entries, @org.jspecify.annotations.Nullable String afterNumber) {
        if (afterNumber == null) {
            return 0;
        }
        var after = new BigInteger(afterNumber);
        return (int) entries.stream().filter(it -> it.number().compareTo(after) <= 0).count();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
        return calls.read(() -> page(request.shardIterator(), request.limit()));
    }

    private GetRecordsResponse page(String iterator, int limit) {
        if (choices.happens(SimulatedFault.ITERATOR_EXPIRED)) {
            throw ExpiredIteratorException.builder().message("the iterator is too old").build();
        }
        int colon = iterator.indexOf(':');
        String index = iterator.substring(0, colon);
        ShardLog shard = log.shards().get(Integer.parseInt(index));
        int from = Integer.parseInt(iterator.substring(colon + 1));
        Instant now = host.scheduler().now();
        List<LoggedRecord> page =
                shard.entries.subList(from, shard.entries.size()).stream()
                        .limit(limit)
                        .takeWhile(entry -> !entry.visibleAt().isAfter(now))
                        .toList();
        int next = from + page.size();
        boolean atEnd = shard.closed && next == shard.entries.size();
        return GetRecordsResponse.builder()
                .records(page.stream().map(LoggedRecord::record).toList())
                .nextShardIterator(atEnd ? null : index + ":" + next)
                .build();
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}
}
