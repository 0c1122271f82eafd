package dev.statuswire.api.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.statuswire.api.AsyncApi;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.identity.AccessTokenVerifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpTester;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API as a Lambda function behind an API Gateway REST API with Lambda proxy integration.
 * Converts each event to the HTTP request that it represents, and passes it to the same server as
 * on one machine. The server runs inside the function from its start, so HTTP works in the same way
 * in both places. {@link ProxyResponse} describes the additional limits of the gateway and of
 * Lambda.
 *
 * <p>Before a snapshot, the function handles three calls: {@code GET /health}, which reads an item
 * that does not exist; {@code GET /types}; and {@code GET /requests} with an unsigned token, which
 * is refused but loads the issuer's keys into the snapshot.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations in API Gateway</a>
 */
public final class ApiFunction
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiFunction.class);

    /**
     * The gateway times out after 29 s; the client should get the function's response before that.
     */
    private static final Duration MAX_TIME = Duration.ofSeconds(28);

    /** Time reserved for returning the response after the server's deadline. */
    private static final Duration RESERVE = Duration.ofMillis(500);

    private final PortlessServer server;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public ApiFunction() {
        this(new ApiFactory(Environment.ofProcess()).api(), FunctionHost.ofProcess());
    }

    /** Creates the handler with all its collaborators. */
    public ApiFunction(AsyncApi api, FunctionHost host) {
        this.server = PortlessServer.start(api);
        this.host = host;
        host.beforeSnapshot(this, noOp("/health", ""));
        host.beforeSnapshot(this, noOp("/types", ""));
        host.beforeSnapshot(this, noOp("/requests", "Bearer " + AccessTokenVerifier.UNSIGNED));
    }

    /**
     * Creates the handler from {@code environment}.
     *
     * @throws IllegalArgumentException if a setting is missing or invalid
     */
    public static ApiFunction of(Environment environment) {
        return new ApiFunction(new ApiFactory(environment).api(), FunctionHost.ofProcess());
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
            APIGatewayProxyRequestEvent event, Context context) {
        return host.handle(event, context, () -> respond(event, timeFor(context)));
    }

    private static APIGatewayProxyRequestEvent noOp(String path, String authorization) {
        var event = new APIGatewayProxyRequestEvent();
        event.setHttpMethod("GET");
        event.setPath(path);
        event.setMultiValueHeaders(
                Map.of("Host", List.of("localhost"), "Authorization", List.of(authorization)));
        return event;
    }

    /**
     * Returns the response to {@code event}. Never throws, because the gateway would turn an
     * exception into a 502 without a reason.
     */
    APIGatewayProxyResponseEvent respond(APIGatewayProxyRequestEvent event, Duration time) {
        try {
            HttpTester.Response response = server.exchange(ProxyRequest.of(event), time);
            return ProxyResponse.of(response, event);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted during a call; responding with 503, so the client will retry");
            return ProxyResponse.unavailable(event);
        } catch (Exception failed) {
            LOG.error("could not pass an event to the server; responding with 503", failed);
            return ProxyResponse.unavailable(event);
        }
    }

    private static Duration timeFor(Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
        return left.compareTo(MAX_TIME) < 0 ? left : MAX_TIME;
    }

    /** Stops the server. For tests only, because Lambda terminates functions without notice. */
    void close() {
        server.close();
    }
}
