package dev.statuswire.simulator.live;

import dev.statuswire.simulator.database.UnreliableCalls;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** The gateway as seen by one process. */
public final class SimulatedGateway implements ApiGatewayManagementApiClient {

    private final SimulatedSockets sockets;
    private final UnreliableCalls calls;

    public SimulatedGateway(SimulatedSockets sockets, UnreliableCalls calls) {
        this.sockets = sockets;
        this.calls = calls;
    }

    @Override
    public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
        String frame = request.data().asUtf8String();
        int status = calls.read(() -> sockets.post(request.connectionId(), frame));
        if (status == SimulatedSockets.GONE) {
            throw gone();
        } else if (status == SimulatedSockets.BUSY) {
            throw busy();
        }
        return PostToConnectionResponse.builder().build();
    }

    @Override
    public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
        boolean wasOpen = calls.read(() -> drop(request.connectionId()));
        if (!wasOpen) {
            throw gone();
        }
        return DeleteConnectionResponse.builder().build();
    }

    private static SdkException gone() {
        return GoneException.builder()
                .statusCode(SimulatedSockets.GONE)
                .writableStackTrace(false)
                .build();
    }

    private static SdkException busy() {
        return LimitExceededException.builder()
                .statusCode(SimulatedSockets.BUSY)
                .writableStackTrace(false)
                .build();
    }

    private boolean drop(String connectionId) {
        boolean isOpen = sockets.isOpen(connectionId);
        sockets.drop(connectionId);
        return isOpen;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
