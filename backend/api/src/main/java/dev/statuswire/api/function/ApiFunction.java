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
 * The API behind an API Gateway REST API with Lambda proxy integration: each event is handed, as
 * the HTTP that it stands for, to the same server as on one machine, which runs inside the function
 * from its start. So whatever HTTP asks of an answer is answered as there. What the gateway and the
 * function's own limits add is said in {@link ProxyResponse}.
 *
 * <p>Before a snapshot it receives three calls: {@code GET /health}, which reads an item that does
 * not exist; {@code GET /types}; and {@code GET /requests} with a token without a signature, which
 * is refused and fetches the issuer's keys into the snapshot.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations in API Gateway</a>
 */
public final class ApiFunction
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiFunction.class);

    /** The gateway waits for 29 s; whoever asked should hear from us before it gives up. */
    private static final Duration LONGEST = Duration.ofSeconds(28);

    private static final Duration TO_ANSWER = Duration.ofMillis(500);

    private final PortlessServer server;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public ApiFunction() {
        this(Environment.ofProcess());
    }

    /**
     * Creates the handler from these variables.
     *
     * @throws IllegalArgumentException if a setting has a wrong value
     */
    public ApiFunction(Environment environment) {
        var wiring = new ApiWiring(environment);
        this(wiring.api(), wiring.host());
        host.beforeSnapshot(this, noOp("/health", ""));
        host.beforeSnapshot(this, noOp("/types", ""));
        host.beforeSnapshot(this, noOp("/requests", "Bearer " + AccessTokenVerifier.UNSIGNED));
    }

    /** Creates the handler with all its collaborators. */
    public ApiFunction(AsyncApi api, FunctionHost host) {
        this.server = PortlessServer.start(api);
        this.host = host;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
            APIGatewayProxyRequestEvent event, Context context) {
        return host.handle(event, context, () -> answer(event, timeFor(context)));
    }

    private static APIGatewayProxyRequestEvent noOp(String path, String authorization) {
        var event = new APIGatewayProxyRequestEvent();
        event.setHttpMethod("GET");
        event.setPath(path);
        event.setMultiValueHeaders(
                Map.of("Host", List.of("localhost"), "Authorization", List.of(authorization)));
        return event;
    }

    /** Never throws: what fails here would be the gateway's own 502, without a reason. */
    APIGatewayProxyResponseEvent answer(APIGatewayProxyRequestEvent event, Duration time) {
        try {
            HttpTester.Response response = server.exchange(ProxyRequest.of(event), time);
            return ProxyResponse.of(response, event);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.warn("a call was cut short and is answered with 503; its client will try again");
            return ProxyResponse.unavailable(event);
        } catch (Exception failed) {
            LOG.error("an event was not handed over and is answered with 503", failed);
            return ProxyResponse.unavailable(event);
        }
    }

    private static Duration timeFor(Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TO_ANSWER);
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    /** Ends the server inside; for tests, since Lambda ends functions without a word. */
    void close() {
        server.close();
    }
}
