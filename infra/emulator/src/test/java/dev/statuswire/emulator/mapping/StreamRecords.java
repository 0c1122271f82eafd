package dev.statuswire.emulator.mapping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Artificial records for tests that need no stream. */
final class StreamRecords {

    /** Three records of this size, in bytes, fill a page. */
    private static final long SIZE = 200_000;

    static final String ARN =
            "arn:aws:dynamodb:ddblocal:000000000000:table/things/stream/2026-01-01T00:00:00.000";
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private StreamRecords() {}

    /** Returns a record with every type of attribute. */
    static Record full() {
        return Record.builder()
                .eventID("e1")
                .eventName(OperationType.MODIFY)
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion("ddblocal")
                .userIdentity(
                        identity -> identity.type("Service").principalId("dynamodb.amazonaws.com"))
                .dynamodb(
                        change ->
                                change.approximateCreationDateTime(NOON)
                                        .keys(Map.of("id", AttributeValue.fromS("a")))
                                        .newImage(everyType())
                                        .oldImage(Map.of("id", AttributeValue.fromS("a")))
                                        .sequenceNumber("000000000000000000042")
                                        .sizeBytes(26L)
                                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .build();
    }

    private static Map<String, AttributeValue> everyType() {
        SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, 1, -1});
        return Map.of(
                "id", AttributeValue.fromS("a"),
                "n", AttributeValue.fromN("1.5"),
                "b", AttributeValue.fromB(bytes),
                "ss", AttributeValue.fromSs(List.of("x", "y")),
                "ns", AttributeValue.fromNs(List.of("1", "2")),
                "bs", AttributeValue.fromBs(List.of(bytes)),
                "m",
                        AttributeValue.fromM(
                                Map.of(
                                        "inner",
                                        AttributeValue.fromL(
                                                List.of(AttributeValue.fromBool(false))))),
                "l",
                        AttributeValue.fromL(
                                List.of(AttributeValue.fromN("3"), AttributeValue.fromS(""))),
                "bool", AttributeValue.fromBool(true),
                "nul", AttributeValue.fromNul(true));
    }

    /** Returns the change {@code number} of the item {@code id}, created at {@link #NOON}. */
    static Record of(String id, int number) {
        return Record.builder()
                .eventID("e" + number)
                .eventName(OperationType.MODIFY)
                .dynamodb(
                        change ->
                                change.approximateCreationDateTime(NOON)
                                        .keys(Map.of("id", AttributeValue.fromS(id)))
                                        .newImage(
                                                Map.of(
                                                        "id",
                                                        AttributeValue.fromS(id),
                                                        "value",
                                                        AttributeValue.fromN(
                                                                Integer.toString(number))))
                                        .sequenceNumber(text(number))
                                        .sizeBytes(SIZE)
                                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .build();
    }

    /** Returns a number as a stream formats it. */
    static String text(int number) {
        return String.format("%021d", number);
    }

    /** Returns a record that was created and read at {@link #NOON}. */
    static BatchRecord numbered(int number) {
        return numbered(number, 100, NOON, NOON);
    }

    static BatchRecord numbered(int number, int bytes, Instant created, Instant seen) {
        SequenceNumber sequence = SequenceNumber.of(text(number));
        return BatchRecord.read(
                sequence, LambdaRecords.from(of("a", number), ARN), bytes, created, seen, seen);
    }

    /** Returns the records {@code first..last}. */
    static List<BatchRecord> range(int first, int last) {
        List<BatchRecord> records = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            records.add(numbered(number));
        }
        return records;
    }

    static Batch batch(int first, int last) {
        return Batch.of(range(first, last));
    }

    static List<Integer> numbers(Batch batch) {
        return batch.records().stream().map(each -> each.number().value().intValueExact()).toList();
    }
}
