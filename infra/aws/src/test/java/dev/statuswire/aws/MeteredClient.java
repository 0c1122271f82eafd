package dev.statuswire.aws;

import dev.statuswire.core.testing.StandInDynamoDb;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Requests the consumed capacity of each call, for the table and its index together, and adds it
 * up.
 */
final class MeteredClient {

    private final DynamoDbClient target;
    private double writeUnits;
    private double readUnits;

    MeteredClient(DynamoDbClient target) {
        this.target = target;
    }

    DynamoDbClient client() {
        return StandInDynamoDb.of(target, (method, request, _) -> metered(method, request));
    }

    private Object metered(String method, @Nullable Object request) {
        return switch (request) {
            case PutItemRequest put -> {
                PutItemResponse done =
                        target.putItem(
                                put.toBuilder()
                                        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                                        .build());
                writeUnits += units(done.consumedCapacity());
                yield done;
            }
            case UpdateItemRequest update -> {
                UpdateItemResponse done =
                        target.updateItem(
                                update.toBuilder()
                                        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                                        .build());
                writeUnits += units(done.consumedCapacity());
                yield done;
            }
            case GetItemRequest get -> {
                GetItemResponse done =
                        target.getItem(
                                get.toBuilder()
                                        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                                        .build());
                readUnits += units(done.consumedCapacity());
                yield done;
            }
            case null, default -> throw new UnsupportedOperationException(method);
        };
    }

    /** Returns the units; fails if the response has none, because then nothing was measured. */
    private static double units(@Nullable ConsumedCapacity consumed) {
        return Objects.requireNonNull(consumed, "no consumed capacity").capacityUnits();
    }

    void reset() {
        writeUnits = 0;
        readUnits = 0;
    }

    double writeUnits() {
        return writeUnits;
    }

    double readUnits() {
        return readUnits;
    }
}
