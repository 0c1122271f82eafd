package dev.statuswire.aws.template;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.emulator.gateway.GatewayHandlers;
import dev.statuswire.emulator.gateway.GatewayLimits;
import dev.statuswire.emulator.gateway.GatewaySettings;
import dev.statuswire.emulator.gateway.WebSocketGateway;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Emulates the WebSocket API of a template. */
final class LiveApi implements AutoCloseable {

    private static final String PRINCIPAL = "apigateway.amazonaws.com";

    private final StackDependencies deployed;
    private final String id;
    private final String stage;
    private final Map<String, Resource> routes = new HashMap<>();
    private final Set<String> answering = new HashSet<>();
    private final Optional<Resource> authorizer;
    private final WebSocketGateway gateway;

    /**
     * Opens the endpoint that manages connections.
     *
     * @throws RejectedTemplateException if API Gateway would reject a part of the API
     */
    LiveApi(StackDependencies deployed) {
        this.deployed = deployed;
        Template template = deployed.template();
        Resource api = template.only("AWS::ApiGatewayV2::Api");
        this.id = template.ref(api);
        this.stage = template.only("AWS::ApiGatewayV2::Stage").text("StageName");
        template.all("AWS::ApiGatewayV2::Route").forEach(it -> routes.put(it.text("RouteKey"), it));
        template.all("AWS::ApiGatewayV2::RouteResponse").stream()
                .filter(it -> it.text("RouteResponseKey").equals("$default"))
                .map(
                        it ->
                                template.named(
                                        "AWS::ApiGatewayV2::Route",
                                        PhysicalNames.REF,
                                        it.text("RouteId")))
                .filter(it -> it.text("RouteResponseSelectionExpression").equals("$default"))
                .forEach(it -> answering.add(it.text("RouteKey")));
        this.authorizer = authorizer(template);
        this.gateway =
                WebSocketGateway.start(
                        settings(api), InstantSource.system(), SteadyClock.OF_PROCESS);
        deployed.network().addService(host(), managed());
    }

    private Optional<Resource> authorizer(Template template) {
        return Optional.ofNullable(routes.get("$connect"))
                .filter(it -> it.text("AuthorizationType").equals("CUSTOM"))
                .map(
                        it ->
                                template.named(
                                        "AWS::ApiGatewayV2::Authorizer",
                                        PhysicalNames.REF,
                                        it.text("AuthorizerId")));
    }

    private GatewaySettings settings(Resource api) {
        if (!api.text("RouteSelectionExpression").equals("$request.body.action")) {
            throw new IllegalArgumentException(
                    "unsupported expression: " + api.text("RouteSelectionExpression"));
        }
        return new GatewaySettings(path(), stage, 0, GatewayLimits.ofAws());
    }

    private URI managed() {
        return URI.create("http://" + gateway.connectionsEndpoint().getAuthority());
    }

    /** Returns the host that the template uses. */
    String host() {
        return PhysicalNames.executeApi(id);
    }

    /** Returns the path at which clients open sockets. */
    String path() {
        return "/" + stage;
    }

    void register(JavalinConfig config) {
        gateway.register(
                config,
                new GatewayHandlers(
                        this::handle,
                        routes.keySet().stream()
                                .filter(it -> !it.startsWith("$"))
                                .collect(Collectors.toSet()),
                        authorizer.isPresent() ? this::authorize : null,
                        authorizer
                                .map(it -> Set.copyOf(RestMethod.texts(it.get("IdentitySource"))))
                                .orElse(Set.of())));
    }

    private APIGatewayV2WebSocketResponse handle(
            APIGatewayV2WebSocketEvent event, Context context) {
        String key = event.getRequestContext().getRouteKey();
        Resource route = routes.get(key);
        if (route == null) {
            throw new IllegalStateException("no route " + key);
        }
        Resource integration =
                deployed.template()
                        .named(
                                "AWS::ApiGatewayV2::Integration",
                                PhysicalNames.REF,
                                route.text("Target").replaceFirst("integrations/", ""));
        RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> handler =
                handler(integration.text("IntegrationUri"), "/" + stage + "/" + key);
        APIGatewayV2WebSocketResponse response = handler.handleRequest(event, context);
        if (!answering.contains(key)) {
            response.setBody(null);
        }
        return response;
    }

    private IamPolicyResponse authorize(Map<String, Object> event, Context context) {
        Resource asked = authorizer.orElseThrow();
        RequestHandler<Map<String, Object>, IamPolicyResponse> handler =
                handler(
                        asked.text("AuthorizerUri"),
                        "/authorizers/" + deployed.template().ref(asked));
        return handler.handleRequest(event, context);
    }

    @SuppressWarnings("unchecked") // a handler of another type fails when it is called
    private <I, O> RequestHandler<I, O> handler(String uri, String source) {
        String function = ProxyIntegrations.function(uri);
        String arn = PhysicalNames.arn("execute-api", id) + source;
        if (!deployed.policies().mayInvoke(PRINCIPAL, arn, function)) {
            throw new IllegalStateException(arn + " may not invoke " + function);
        }
        return (RequestHandler<I, O>) deployed.functions().function(function).handler();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
