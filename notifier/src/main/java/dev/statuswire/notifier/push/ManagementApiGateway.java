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
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Connections through the {@code @connections} commands of API Gateway. What an answer means is
 * read from its status code, as not every code has an exception of its own, and what lies between
 * may answer as well.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     &#64;connections commands in your backend service</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewaymanagementapi/latest/api/API_connections_connectionId_PostToConnection.html">PostToConnection</a>
 */
public final class ManagementApiGateway implements ConnectionGateway, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementApiGateway.class);

    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration CALL = Duration.ofSeconds(4);

    private final ApiGatewayManagementApiClient client;

    private ManagementApiGateway(ApiGatewayManagementApiClient client) {
        this.client = client;
    }

    /**
     * The gateway at {@code endpoint}, to be closed by its caller.
     *
     * @param endpoint such as {@code https://<api>.execute-api.<region>.amazonaws.com/<stage>}.
     *     AWS's are https, and are called with the process's own identity and region; what is plain
     *     http is a gateway on this machine, which asks for none
     */
    public static ManagementApiGateway at(URI endpoint) {
        boolean local = "http".equals(endpoint.getScheme());
        return new ManagementApiGateway(
                AwsClients.configure(
                                ApiGatewayManagementApiClient.builder(),
                                local ? Optional.of(endpoint) : Optional.empty(),
                                1,
                                ATTEMPT,
                                CALL)
                        .endpointOverride(endpoint)
                        .build());
    }

    /**
     * The same where the gateway is in this JVM, reached with {@code http}, which answers at once.
     * So no call is timed, and none is signed: there is nobody to prove it to, and both cost more
     * than the call.
     *
     * @param http to be closed by its owner
     */
    public static ManagementApiGateway through(SdkHttpClient http, URI endpoint) {
        return new ManagementApiGateway(
                AwsClients.configureWithinJvm(
                                ApiGatewayManagementApiClient.builder(), http, endpoint)
                        .authSchemeProvider(_ -> AwsClients.UNSIGNED)
                        .build());
    }

    @Override
    public Answer post(String connectionId, SdkBytes payload) {
        return answer(
                "push to " + connectionId,
                () ->
                        client.postToConnection(
                                request -> request.connectionId(connectionId).data(payload)));
    }

    @Override
    public Answer close(String connectionId) {
        return answer(
                "close of " + connectionId,
                () -> client.deleteConnection(request -> request.connectionId(connectionId)));
    }

    private static Answer answer(String tried, Runnable call) {
        try {
            call.run();
            return Answer.DONE;
        } catch (AwsServiceException answered) {
            return answer(tried, answered);
        } catch (SdkClientException unanswered) {
            LOG.debug("{} had no answer", tried, unanswered);
            return isLate(unanswered) ? Answer.SILENT : Answer.BUSY;
        }
    }

    private static boolean isLate(SdkClientException unanswered) {
        return unanswered instanceof ApiCallAttemptTimeoutException
                || unanswered instanceof ApiCallTimeoutException
                || unanswered.getCause() instanceof InterruptedIOException;
    }

    private static Answer answer(String tried, AwsServiceException answered) {
        int status = answered.statusCode();
        if (status == 410) {
            return Answer.GONE;
        } else if (status == 429 || status >= 500) {
            LOG.debug("{} was answered {}; it may be tried again", tried, status);
            return Answer.BUSY;
        }
        LOG.warn("{} was answered {}; it is not tried again", tried, status, answered);
        return Answer.REFUSED;
    }

    @Override
    public void close() {
        client.close();
    }
}
