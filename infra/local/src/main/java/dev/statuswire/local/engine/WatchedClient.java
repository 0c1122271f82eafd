package dev.statuswire.local.engine;

import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Tells of every request that can have changed an item and did not fail. */
final class WatchedClient extends InterceptedClient<DynamoDbClient> {

    private static final Set<Class<?>> WRITES =
            Set.of(
                    PutItemRequest.class,
                    UpdateItemRequest.class,
                    DeleteItemRequest.class,
                    BatchWriteItemRequest.class,
                    TransactWriteItemsRequest.class,
                    ExecuteStatementRequest.class,
                    BatchExecuteStatementRequest.class,
                    ExecuteTransactionRequest.class);

    private final Runnable written;

    private WatchedClient(DynamoDbClient target, Runnable written) {
        super(target);
        this.written = written;
    }

    static DynamoDbClient watching(DynamoDbClient target, Runnable written) {
        return new WatchedClient(target, written).as(DynamoDbClient.class);
    }

    @Override
    Object send(SdkRequest request, Operation operation) throws Throwable {
        Object response = operation.invoke();
        if (WRITES.contains(request.getClass())) {
            written.run();
        }
        return response;
    }
}
