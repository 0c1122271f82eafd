package dev.statuswire.emulator.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stores the ids of open WebSocket connections. */
final class ConnectionHandler
        implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

    private final DynamoDbClient dynamoDb;

    ConnectionHandler(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    public APIGatewayV2WebSocketResponse handleRequest(
            APIGatewayV2WebSocketEvent event, Context context) {
        var connection = event.getRequestContext();
        var key = Map.of("id", AttributeValue.fromS(connection.getConnectionId()));
        switch (connection.getRouteKey()) {
            case "$connect" -> dynamoDb.putItem(put -> put.tableName("connections").item(key));
            case "$disconnect" ->
                    dynamoDb.deleteItem(delete -> delete.tableName("connections").key(key));
            default -> throw new IllegalArgumentException(connection.getRouteKey());
        }
        var response = new APIGatewayV2WebSocketResponse();
        response.setStatusCode(200);
        return response;
    }
}
