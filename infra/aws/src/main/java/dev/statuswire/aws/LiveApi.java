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
 * The WebSocket API. Its stage is called as the path is under which the page looks for it, so that
 * CloudFront passes the path on as it is.
 */
final class LiveApi extends Construct {

    static final String STAGE = "live";

    /** What the ticket authorizer looks at; nothing of it is logged anywhere. */
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
     * Opens it.
     *
     * @param logsAreAllowed what has to be there before API Gateway may write logs
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
                        "A WebSocket API authorizes $connect, and every route of that connection"
                                + " with it."));
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
     * An integration for each route: the CDK permits the first route of one to call, and no other.
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

    /** Its host, such as {@code abc.execute-api.eu-west-1.amazonaws.com}. */
    String host() {
        return HostNames.executeApi(Stack.of(this), api.getApiId());
    }

    /** Where connections are pushed to. */
    String pushEndpoint() {
        return "https://" + host() + "/" + STAGE;
    }

    /** The connections, for one method of the API by which they are managed. */
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
