package dev.statuswire.notifier.push;

import dev.statuswire.core.settings.AwsClients;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Sends {@code @connections} commands to API Gateway. Each call is one attempt: it blocks for at
 * most four seconds and throws nothing. The result depends on the status code of the response,
 * because not every code has an exception class, and a proxy may respond as well. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     &#64;connections commands in your backend service</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewaymanagementapi/latest/api/API_connections_connectionId_PostToConnection.html">PostToConnection</a>
 */
public final class ConnectionGateway {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGateway.class);

    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration CALL = Duration.ofSeconds(4);

    private final ApiGatewayManagementApiClient client;

    ConnectionGateway(ApiGatewayManagementApiClient client) {
        this.client = client;
    }

    /**
     * Creates a client, to be closed by its caller.
     *
     * @param endpoint such as {@code https://<api>.execute-api.<region>.amazonaws.com/<stage>}. An
     *     endpoint with https is called with the process's own credentials and region; one with
     *     plain http never receives a signature of real credentials
     */
    public static ApiGatewayManagementApiClient client(URI endpoint) {
        boolean isPlain = "http".equals(endpoint.getScheme());
        return AwsClients.configure(
                        ApiGatewayManagementApiClient.builder(),
                        isPlain ? Optional.of(endpoint) : Optional.empty(),
                        1,
                        ATTEMPT,
                        CALL)
                .endpointOverride(endpoint)
                .build();
    }

    /** How a call ended. */
    enum CallResult {
        /** The command was carried out. */
        DONE,
        /** The connection no longer exists, or does not exist yet. */
        GONE,
        /** A retry may help. The command may have been carried out. */
        BUSY,
        /**
         * No response in time; a retry would take as long. The command may have been carried out.
         */
        SILENT,
        /** A retry would get the same response. */
        REFUSED
    }

    /** Sends one text frame. */
    CallResult post(String connectionId, SdkBytes payload) {
        return resultOf(
                "push to " + connectionId,
                () ->
                        client.postToConnection(
                                request -> request.connectionId(connectionId).data(payload)));
    }

    /** Closes the connection. */
    CallResult close(String connectionId) {
        return resultOf(
                "close of " + connectionId,
                () -> client.deleteConnection(request -> request.connectionId(connectionId)));
    }

    private static CallResult resultOf(String tried, Runnable call) {
        try {
            call.run();
            return CallResult.DONE;
        } catch (AwsServiceException answered) {
            return resultOf(tried, answered);
        } catch (SdkClientException unanswered) {
            LOG.debug("{} got no response", tried, unanswered);
            return isLate(unanswered) ? CallResult.SILENT : CallResult.BUSY;
        }
    }

    private static boolean isLate(SdkClientException unanswered) {
        return unanswered instanceof ApiCallAttemptTimeoutException
                || unanswered instanceof ApiCallTimeoutException
                || unanswered.getCause() instanceof InterruptedIOException;
    }

    private static CallResult resultOf(String tried, AwsServiceException answered) {
        int status = answered.statusCode();
        if (status == 410) {
            return CallResult.GONE;
        } else if (status == 429 || status >= 500) {
            LOG.debug("{} got status {}; it may be retried", tried, status);
            return CallResult.BUSY;
        }
        LOG.warn("{} got status {}; it will not be retried", tried, status, answered);
        return CallResult.REFUSED;
    }
}
