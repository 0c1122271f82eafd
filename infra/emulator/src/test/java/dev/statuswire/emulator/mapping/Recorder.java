package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A function that notes each batch it gets, as {@code id=value}, and answers as it is told to. */
final class Recorder implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
    private volatile Answer answer = records -> null;

    /** What it does with a batch; may throw or block. */
    interface Answer {
        @Nullable StreamsEventResponse to(List<DynamodbStreamRecord> records) throws Exception;
    }

    Recorder answering(Answer changed) {
        answer = changed;
        return this;
    }

    @Override
    public @Nullable StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        batches.add(event.getRecords().stream().map(Recorder::text).toList());
        try {
            return answer.to(event.getRecords());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code id=value}, of a removed item {@code id=}. */
    static String text(DynamodbStreamRecord record) {
        Map<String, AttributeValue> image = record.getDynamodb().getNewImage();
        return id(record) + "=" + (image == null ? "" : attribute(image, "value").getN());
    }

    static String id(DynamodbStreamRecord record) {
        return attribute(record.getDynamodb().getKeys(), "id").getS();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    /** Says that the records of these ids failed. */
    static StreamsEventResponse failing(List<DynamodbStreamRecord> records, String... ids) {
        List<String> failed = List.of(ids);
        return new StreamsEventResponse(
                records.stream()
                        .filter(record -> failed.contains(id(record)))
                        .map(
                                record ->
                                        new BatchItemFailure(
                                                record.getDynamodb().getSequenceNumber()))
                        .toList());
    }

    /** The next batch; fails the test if none comes within half a minute. */
    List<String> next() throws InterruptedException {
        List<String> batch = batches.poll(30, TimeUnit.SECONDS);
        if (batch == null) {
            throw new AssertionError("no batch came");
        }
        return batch;
    }

    /** The next records, from as many batches as it takes. */
    List<String> next(int records) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < records) {
            all.addAll(next());
        }
        return all;
    }

    /** Whether batches came that nobody asked for. */
    List<List<String>> others() {
        return List.copyOf(batches);
    }
}
