package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.bench.hot.Example;
import dev.statuswire.core.stream.StreamDelivery;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What a mapping does with each record of a stream, with an order that was claimed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullMarked
public class RecordBenchmark {

    private final Record record =
            WrittenItem.changed(Example.acceptedOrder(), Example.claimedOrder());
    private final ObjectNode json = RecordJson.of(record, WrittenItem.STREAM);
    private final RecordFilter filter =
            new RecordFilter(List.of(StreamDelivery.ACCEPTED_OR_RETRYING));

    /** What the handler is given. */
    @Benchmark
    public DynamodbStreamRecord recordToEvent() {
        return LambdaRecords.from(record, WrittenItem.STREAM);
    }

    /** What filters look at. */
    @Benchmark
    public ObjectNode recordToJson() {
        return RecordJson.of(record, WrittenItem.STREAM);
    }

    /** What counts against the payload's limit. */
    @Benchmark
    public int sizeOfRecord() {
        return RecordJson.bytes(json);
    }

    /** The processor's event pattern, which this record does not match. */
    @Benchmark
    public boolean eventPattern() {
        return filter.lets(json);
    }
}
