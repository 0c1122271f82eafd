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

/** A function that records each batch as {@code id=value}, with a configurable response. */
final class Recorder implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
    private volatile Response response = records -> null;

    /** Responds to a batch; may throw or block. */
    interface Response {
        @Nullable StreamsEventResponse to(List<DynamodbStreamRecord> records) throws Exception;
    }

    Recorder responding(Response changed) {
        response = changed;
        return this;
    }

    @Override
    public @Nullable StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        batches.add(event.getRecords().stream().map(Recorder::text).toList());
        try {
            return response.to(event.getRecords());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns {@code id=value}, or {@code id=} for a removed item. */
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

    /** Returns a response that reports the records with these ids as failed. */
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

    /** Returns the next batch; fails the test if there is none within 30 s. */
    List<String> next() throws InterruptedException {
        List<String> batch = batches.poll(30, TimeUnit.SECONDS);
        if (batch == null) {
            throw new AssertionError("no batch within 30 s");
        }
        return batch;
    }

    /** Returns at least the next {@code records} records, from one or more batches. */
    List<String> next(int records) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < records) {
            all.addAll(next());
        }
        return all;
    }

    /** Returns the batches that the test has not taken. */
    List<List<String>> others() {
        return List.copyOf(batches);
    }
}
