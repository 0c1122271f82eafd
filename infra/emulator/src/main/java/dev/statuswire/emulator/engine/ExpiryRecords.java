package dev.statuswire.emulator.engine;

import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Converts the stream records of deletions of expired items to the form that they have on AWS.
 * DynamoDB Local tries to do this, but compares the SDK's enum with a string, so its records have
 * an event name that the SDK does not know. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html">Record:
 *     {@code userIdentity}</a>
 */
final class ExpiryRecords extends InterceptedClient<DynamoDbStreamsClient> {

    private static final String EXPIRE = "EXPIRE";

    private ExpiryRecords(DynamoDbStreamsClient target) {
        super(target);
    }

    static DynamoDbStreamsClient of(DynamoDbStreamsClient target) {
        return new ExpiryRecords(target).as(DynamoDbStreamsClient.class);
    }

    @Override
    Object send(SdkRequest request, Operation operation) throws Throwable {
        Object response = operation.invoke();
        return response instanceof GetRecordsResponse read ? asOnAws(read) : response;
    }

    private static GetRecordsResponse asOnAws(GetRecordsResponse read) {
        List<Record> records = read.records().stream().map(ExpiryRecords::asOnAws).toList();
        return read.toBuilder().records(records).build();
    }

    private static Record asOnAws(Record record) {
        return EXPIRE.equals(record.eventNameAsString())
                ? record.toBuilder()
                        .eventName(OperationType.REMOVE)
                        .userIdentity(
                                it -> it.type("Service").principalId("dynamodb.amazonaws.com"))
                        .build()
                : record;
    }
}
