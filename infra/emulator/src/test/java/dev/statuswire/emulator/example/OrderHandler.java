package dev.statuswire.emulator.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Sends each change of an order to every open WebSocket connection. */
final class OrderHandler implements RequestHandler<DynamodbEvent, Void> {

    private final DynamoDbClient dynamoDb;
    private final ApiGatewayManagementApiClient connections;

    OrderHandler(DynamoDbClient dynamoDb, ApiGatewayManagementApiClient connections) {
        this.dynamoDb = dynamoDb;
        this.connections = connections;
    }

    @Override
    public Void handleRequest(DynamodbEvent event, Context context) {
        for (var record : event.getRecords()) {
            String order = record.getDynamodb().getNewImage().get("id").getS();
            dynamoDb.scanPaginator(scan -> scan.tableName("connections")).items().stream()
                    .map(connection -> connection.get("id").s())
                    .forEach(id -> send(id, order));
        }
        return null;
    }

    private void send(String connectionId, String message) {
        connections.postToConnection(
                post -> post.connectionId(connectionId).data(SdkBytes.fromUtf8String(message)));
    }
}
