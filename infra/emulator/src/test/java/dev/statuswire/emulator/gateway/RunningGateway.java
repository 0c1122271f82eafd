package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.statuswire.emulator.time.EmulatorTime;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** A gateway on its own server, both on free ports, and an SDK client for it. */
final class RunningGateway implements AutoCloseable {

    static final GatewayLimits AWS_LIMITS =
            new GatewayLimits(
                    Duration.ofHours(2),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(29),
                    Duration.ofSeconds(2),
                    32 * 1024,
                    128 * 1024,
                    512 * 1024);

    private static final Set<String> ROUTES = Set.of("subscribe", "ping");

    final WebSocketGateway gateway;
    final ApiGatewayManagementApiClient management;
    final HttpClient http = HttpClient.newHttpClient();
    private final Javalin server;

    private RunningGateway(
            GatewaySettings settings,
            InstantSource clock,
            InstantSource steady,
            GatewayHandlers handlers,
            Consumer<JavalinConfig> more) {
        gateway = WebSocketGateway.start(settings, clock, steady);
        server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.concurrency.useVirtualThreads = true;
                            config.jetty.host = "127.0.0.1";
                            config.jetty.port = 0;
                            more.accept(config);
                            gateway.register(config, handlers);
                        });
        server.start();
        management = client(gateway.connectionsEndpoint());
    }

    static RunningGateway with(
            RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes) {
        return with(routes, AWS_LIMITS, EmulatorTime.STEADY);
    }

    static RunningGateway with(
            RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
            GatewayLimits limits,
            InstantSource steady) {
        return with(routes, null, limits, InstantSource.system(), steady);
    }

    static RunningGateway with(
            RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
            @Nullable RequestHandler<Map<String, Object>, IamPolicyResponse> authorizer,
            GatewayLimits limits,
            InstantSource clock,
            InstantSource steady) {
        return new RunningGateway(
                settings(limits),
                clock,
                steady,
                new GatewayHandlers(routes, ROUTES, authorizer, Set.of()),
                config -> {});
    }

    static RunningGateway withConfig(
            RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
            Consumer<JavalinConfig> more) {
        return new RunningGateway(
                settings(AWS_LIMITS),
                InstantSource.system(),
                EmulatorTime.STEADY,
                new GatewayHandlers(routes, ROUTES, null, Set.of()),
                more);
    }

    static RunningGateway withTicket(
            RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> routes,
            RequestHandler<Map<String, Object>, IamPolicyResponse> authorizer) {
        return new RunningGateway(
                settings(AWS_LIMITS),
                InstantSource.system(),
                EmulatorTime.STEADY,
                new GatewayHandlers(
                        routes, ROUTES, authorizer, Set.of("route.request.querystring.ticket")),
                config -> {});
    }

    private static GatewaySettings settings(GatewayLimits limits) {
        return new GatewaySettings("/live", "local", 0, limits);
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + port() + "/live");
    }

    TestClient connect() {
        return TestClient.open(http, uri());
    }

    void push(String connectionId, String message) {
        management.postToConnection(
                request ->
                        request.connectionId(connectionId).data(SdkBytes.fromUtf8String(message)));
    }

    void delete(String connectionId) {
        var _ = management.deleteConnection(request -> request.connectionId(connectionId));
    }

    static ApiGatewayManagementApiClient client(URI endpoint) {
        return ApiGatewayManagementApiClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(
                        config -> config.retryStrategy(builder -> builder.maxAttempts(1)))
                .build();
    }

    @Override
    public void close() {
        management.close();
        gateway.close();
        server.stop();
        http.shutdownNow();
    }
}
