package dev.statuswire.types.activity;

import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A database that refuses writes about one user while {@link #failing} is set. */
final class FailingDynamoDb implements DynamoDbClient {

    private final DynamoDbClient real;
    private final Map.Entry<String, AttributeValue> marked;
    volatile boolean failing;

    FailingDynamoDb(DynamoDbClient real, String username) {
        this.real = real;
        this.marked = Map.entry("username", AttributeValue.fromS(username));
    }

    @Override
    public PutItemResponse putItem(PutItemRequest put) {
        if (failing && put.item().entrySet().contains(marked)) {
            throw SdkClientException.create("out of reach");
        }
        return real.putItem(put);
    }

    @Override
    public QueryResponse query(QueryRequest query) {
        return real.query(query);
    }

    @Override
    public String serviceName() {
        return real.serviceName();
    }

    @Override
    public void close() {}
}
