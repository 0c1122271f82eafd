package dev.statuswire.emulator.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Converts a record to its JSON in a function's payload. Filters are applied to this JSON, and its
 * size counts against the payload limit.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Example event</a>
 */
final class RecordJson {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double MILLIS = 1000.0;

    private RecordJson() {}

    static ObjectNode of(Record record, String streamArn) {
        ObjectNode json = NODES.objectNode();
        json.put("eventID", record.eventID());
        json.put("eventName", record.eventNameAsString());
        json.put("eventVersion", record.eventVersion());
        json.put("eventSource", record.eventSource());
        json.put("awsRegion", record.awsRegion());
        json.set("dynamodb", change(record.dynamodb()));
        if (record.userIdentity() != null) {
            json.putObject("userIdentity")
                    .put("principalId", record.userIdentity().principalId())
                    .put("type", record.userIdentity().type());
        }
        return json.put("eventSourceARN", streamArn);
    }

    /** Returns the record's size in the payload. */
    static int bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json).length;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a record: " + json, e);
        }
    }

    private static ObjectNode change(StreamRecord change) {
        ObjectNode json = NODES.objectNode();
        json.put(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().toEpochMilli() / MILLIS);
        json.set("Keys", attributes(change.keys()));
        if (change.hasNewImage()) {
            json.set("NewImage", attributes(change.newImage()));
        }
        if (change.hasOldImage()) {
            json.set("OldImage", attributes(change.oldImage()));
        }
        return json.put("SequenceNumber", change.sequenceNumber())
                .put("SizeBytes", change.sizeBytes())
                .put("StreamViewType", change.streamViewTypeAsString());
    }

    private static ObjectNode attributes(Map<String, AttributeValue> attributes) {
        ObjectNode json = NODES.objectNode();
        attributes.forEach((name, value) -> json.set(name, attribute(value)));
        return json;
    }

    /** DynamoDB Local's streams return an empty map as a value without a type. */
    private static ObjectNode attribute(AttributeValue value) {
        ObjectNode json = NODES.objectNode();
        return switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case B -> json.put("B", value.b().asByteArrayUnsafe());
            case SS -> json.set("SS", texts(value.ss()));
            case NS -> json.set("NS", texts(value.ns()));
            case BS -> {
                value.bs().forEach(bytes -> json.withArray("BS").add(bytes.asByteArrayUnsafe()));
                yield json;
            }
            case M, UNKNOWN_TO_SDK_VERSION -> json.set("M", attributes(value.m()));
            case L -> {
                ArrayNode list = json.putArray("L");
                value.l().forEach(element -> list.add(attribute(element)));
                yield json;
            }
            case BOOL -> json.put("BOOL", value.bool());
            case NUL -> json.put("NULL", value.nul());
        };
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }
}
