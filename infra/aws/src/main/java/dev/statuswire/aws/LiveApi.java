package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.WebSocketLambdaAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * The WebSocket API for live updates. Its stage has the same name as the path at which the page
 * opens sockets, so CloudFront can forward the path unchanged.
 */
final class LiveApi extends Construct {

    static final String STAGE = "live";

    /** The identity source of the ticket authorizer; never logged. */
    private static final String TICKET = "route.request.querystring.ticket";

    private static final int MESSAGES_PER_SECOND = 1000;
    private static final int BURST = 2000;

    private final WebSocketApi api;

    LiveApi(Construct scope, DeployOptions options) {
        super(scope, "LiveApi");
        api =
                WebSocketApi.Builder.create(this, "Api")
                        .apiName(options.stackName() + "-live")
                        .description("Statuswire: live updates")
                        .routeSelectionExpression("$request.body.action")
                        .build();
    }

    /**
     * Adds the routes and the stage.
     *
     * @param logsAreAllowed what must exist before API Gateway may write logs
     */
    void open(JavaFunction handler, JavaFunction ticketAuthorizer, IDependable logsAreAllowed) {
        api.addRoute("$connect", connect(handler, ticketAuthorizer));
        api.addRoute("$disconnect", to("$disconnect", handler).build());
        for (String route : List.of("$default", "subscribe", "ping")) {
            api.addRoute(route, to(route, handler).returnResponse(true).build());
        }
        NagSuppressions.in(
                api,
                Map.of(
                        "AwsSolutions-APIG4",
                        "Authorizing $connect authorizes all routes of the connection."));
        stage().getNode().addDependency(logsAreAllowed);
    }

    private static WebSocketRouteOptions connect(JavaFunction handler, JavaFunction authorizer) {
        return to("$connect", handler)
                .authorizer(
                        WebSocketLambdaAuthorizer.Builder.create("Ticket", authorizer.alias())
                                .identitySource(List.of(TICKET))
                                .build())
                .build();
    }

    /**
     * Creates a separate integration for each route, because the CDK grants the permission to
     * invoke only to the first route of an integration.
     */
    private static WebSocketRouteOptions.Builder to(String route, JavaFunction handler) {
        String id = route.replace("$", "");
        return WebSocketRouteOptions.builder()
                .integration(new WebSocketLambdaIntegration(id, handler.alias()));
    }

    private WebSocketStage stage() {
        WebSocketStage stage =
                WebSocketStage.Builder.create(this, "Stage")
                        .webSocketApi(api)
                        .stageName(STAGE)
                        .autoDeploy(true)
                        .throttle(
                                ThrottleSettings.builder()
                                        .rateLimit(MESSAGES_PER_SECOND)
                                        .burstLimit(BURST)
                                        .build())
                        .build();
        if (stage.getNode().getDefaultChild() instanceof CfnStage resource) {
            resource.setAccessLogSettings(accessLog());
        }
        return stage;
    }

    private CfnStage.AccessLogSettingsProperty accessLog() {
        return CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(LogGroups.create(this, "AccessLogs").getLogGroupArn())
                .format(AccessLogs.OF_WEB_SOCKETS)
                .build();
    }

    String id() {
        return api.getApiId();
    }

    /** Returns the host, such as {@code abc.execute-api.eu-west-1.amazonaws.com}. */
    String host() {
        return ExecuteApiHost.executeApi(Stack.of(this), api.getApiId());
    }

    /** Returns the endpoint for pushes to connections. */
    String pushEndpoint() {
        return "https://" + host() + "/" + STAGE;
    }

    /**
     * Returns the ARN of all connections, for one HTTP method of the API that manages connections.
     */
    String connectionsArn(String method) {
        Stack stack = Stack.of(this);
        return "arn:%s:execute-api:%s:%s:%s/%s/%s/@connections/*"
                .formatted(
                        stack.getPartition(),
                        stack.getRegion(),
                        stack.getAccount(),
                        api.getApiId(),
                        STAGE,
                        method);
    }
}
