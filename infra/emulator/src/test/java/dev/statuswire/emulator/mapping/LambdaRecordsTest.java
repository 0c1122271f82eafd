package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.transformers.v2.DynamodbEventTransformer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Compares the conversion with AWS's own code in both directions. */
final class LambdaRecordsTest {

    private final Record record = StreamRecords.full();
    private final DynamodbStreamRecord converted = LambdaRecords.from(record, StreamRecords.ARN);

    @Test
    void aws_s_transformer_converts_the_record_back() {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(List.of(converted));
        assertThat(DynamodbEventTransformer.toRecordsV2(event)).containsExactly(record);
    }

    @Test
    void the_managed_runtime_reads_the_same_record_from_the_json() {
        String payload = "{\"Records\":[" + RecordJson.of(record, StreamRecords.ARN) + "]}";
        DynamodbEvent event =
                LambdaEventSerializers.serializerFor(
                                DynamodbEvent.class, getClass().getClassLoader())
                        .fromJson(payload);
        assertThat(event.getRecords()).containsExactly(converted);
    }

    @Test
    void the_record_has_the_fields_of_a_lambda_event() {
        assertThat(converted.getEventSourceARN()).isEqualTo(StreamRecords.ARN);
        assertThat(converted.getEventVersion()).isEqualTo("1.1");
        assertThat(converted.getEventSource()).isEqualTo("aws:dynamodb");
        assertThat(converted.getDynamodb().getApproximateCreationDateTime())
                .isEqualTo(StreamRecords.NOON);
        assertThat(converted.getDynamodb().getStreamViewType()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(converted.getUserIdentity().getType()).isEqualTo("Service");
    }

    @Test
    void an_image_that_the_stream_does_not_contain_is_absent() {
        Record keysOnly =
                record.toBuilder()
                        .dynamodb(
                                record.dynamodb().toBuilder().newImage(null).oldImage(null).build())
                        .build();
        DynamodbStreamRecord without = LambdaRecords.from(keysOnly, StreamRecords.ARN);
        assertThat(without.getDynamodb().getNewImage()).isNull();
        assertThat(without.getDynamodb().getOldImage()).isNull();
        assertThat(RecordJson.of(keysOnly, StreamRecords.ARN).toString()).doesNotContain("Image");
    }
}
