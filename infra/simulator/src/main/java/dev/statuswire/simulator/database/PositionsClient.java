package dev.statuswire.simulator.database;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The part of a DynamoDB client that a mapping uses for its positions. Other calls are rejected.
 */
final class PositionsClient implements DynamoDbClient {

    private final Positions positions;
    private final UnreliableCalls calls;

    PositionsClient(Positions positions, UnreliableCalls calls) {
        this.positions = positions;
        this.calls = calls;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return calls.read(() -> GetItemResponse.builder().item(item(name(request.key()))).build());
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return calls.write(
                () -> {
                    move(name(request.key()), request.expressionAttributeValues());
                    return UpdateItemResponse.builder().build();
                });
    }

    /** Succeeds only if the position is the one that the writer last saw. */
    private void move(String name, Map<String, AttributeValue> values) {
        AttributeValue from = values.get(":from");
        if (!Objects.equals(positions.numbers().get(name), from == null ? null : from.s())) {
            throw ConditionalCheckFailedException.builder().item(item(name)).build();
        }
        positions.numbers().put(name, text(values, ":to"));
    }

    private static String name(Map<String, AttributeValue> key) {
        return text(key, "position");
    }

    private static String text(Map<String, AttributeValue> in, String name) {
        return Objects.requireNonNull(in.get(name), name).s();
    }

    private Map<String, AttributeValue> item(String name) {
        @Nullable String number = positions.numbers().get(name);
        return number == null
                ? new HashMap<>()
                : Map.of("sequenceNumber", AttributeValue.fromS(number));
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}
}
