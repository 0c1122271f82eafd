package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamViewType;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Converts a record of the streams API to a record of a Lambda event. The two differ in their
 * classes and in {@code eventSourceARN}, which only the latter has.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Example event</a>
 */
final class LambdaRecords {

    private LambdaRecords() {}

    static DynamodbStreamRecord from(Record record, String streamArn) {
        DynamodbStreamRecord result = new DynamodbStreamRecord();
        result.setEventID(record.eventID());
        result.setEventName(record.eventNameAsString());
        result.setEventVersion(record.eventVersion());
        result.setEventSource(record.eventSource());
        result.setAwsRegion(record.awsRegion());
        result.setEventSourceARN(streamArn);
        result.setDynamodb(change(record.dynamodb()));
        if (record.userIdentity() != null) {
            result.setUserIdentity(
                    new Identity()
                            .withPrincipalId(record.userIdentity().principalId())
                            .withType(record.userIdentity().type()));
        }
        return result;
    }

    private static StreamRecord change(
            software.amazon.awssdk.services.dynamodb.model.StreamRecord change) {
        StreamRecord result = new StreamRecord();
        result.setApproximateCreationDateTime(Date.from(change.approximateCreationDateTime()));
        result.setKeys(attributes(change.keys()));
        if (change.hasNewImage()) {
            result.setNewImage(attributes(change.newImage()));
        }
        if (change.hasOldImage()) {
            result.setOldImage(attributes(change.oldImage()));
        }
        result.setSequenceNumber(change.sequenceNumber());
        result.setSizeBytes(change.sizeBytes());
        result.setStreamViewType(StreamViewType.fromValue(change.streamViewTypeAsString()));
        return result;
    }

    private static Map<String, AttributeValue> attributes(
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> attributes) {
        Map<String, AttributeValue> result = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> result.put(name, attribute(value)));
        return result;
    }

    /** DynamoDB Local's streams return an empty map as a value without a type. */
    private static AttributeValue attribute(
            software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
        return switch (value.type()) {
            case S -> new AttributeValue().withS(value.s());
            case N -> new AttributeValue().withN(value.n());
            case B -> new AttributeValue().withB(bytes(value.b()));
            case SS -> new AttributeValue().withSS(value.ss());
            case NS -> new AttributeValue().withNS(value.ns());
            case BS ->
                    new AttributeValue()
                            .withBS(value.bs().stream().map(LambdaRecords::bytes).toList());
            case M, UNKNOWN_TO_SDK_VERSION -> new AttributeValue().withM(attributes(value.m()));
            case L -> new AttributeValue().withL(list(value.l()));
            case BOOL -> new AttributeValue().withBOOL(value.bool());
            case NUL -> new AttributeValue().withNULL(value.nul());
        };
    }

    private static List<AttributeValue> list(
            List<software.amazon.awssdk.services.dynamodb.model.AttributeValue> list) {
        return list.stream().map(LambdaRecords::attribute).toList();
    }

    private static ByteBuffer bytes(SdkBytes bytes) {
        return ByteBuffer.wrap(bytes.asByteArray());
    }
}
