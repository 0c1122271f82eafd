package dev.statuswire.aws;

import dev.statuswire.aws.door.GatewayResponse;
import dev.statuswire.aws.door.RequestIntegrations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.CfnModel;
import software.amazon.awscdk.services.apigateway.Deployment;
import software.amazon.awscdk.services.apigateway.EndpointConfiguration;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.IModel;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.Method;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.Model;
import software.amazon.awscdk.services.apigateway.RequestValidator;
import software.amazon.awscdk.services.apigateway.RequestValidatorOptions;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.JsonPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * The REST API. Submitting a request and reading its status are direct calls of DynamoDB; the API
 * function handles all other calls.
 */
final class RestApiResources extends Construct {

    private static final String ANY = "ANY";
    private static final String OPTIONS = "OPTIONS";

    /**
     * Matches every longer path. A resource can have only one variable child, so this is used where
     * no other variable is.
     */
    private static final String REST_OF_PATH = "{proxy+}";

    private static final int CALLS_PER_SECOND = 1000;
    private static final int BURST = 2000;

    private final LogGroup accessLogs;
    private final RestApi api;
    private final boolean firewall;

    RestApiResources(Construct scope, DeployOptions options) {
        super(scope, "RestApi");
        firewall = options.firewall();
        accessLogs = LogGroups.create(this, "AccessLogs");
        api =
                RestApi.Builder.create(this, "Api")
                        .restApiName(options.stackName())
                        .description("Statuswire")
                        .endpointConfiguration(
                                EndpointConfiguration.builder()
                                        .types(List.of(EndpointType.REGIONAL))
                                        .build())
                        // The role that lets API Gateway write logs is a setting of the account and
                        // region.
                        .cloudWatchRole(true)
                        .cloudWatchRoleRemovalPolicy(RemovalPolicy.RETAIN)
                        .deployOptions(stage(options))
                        .build();
        LogGroups.ofExecutions(this, api, options.stage());
    }

    private StageOptions stage(DeployOptions options) {
        return StageOptions.builder()
                .stageName(options.stage())
                // A trace would contain the path of the call, and thus the secrets of links.
                .tracingEnabled(false)
                .loggingLevel(MethodLoggingLevel.ERROR)
                .dataTraceEnabled(false)
                .throttlingRateLimit(CALLS_PER_SECOND)
                .throttlingBurstLimit(BURST)
                .accessLogDestination(new LogGroupLogDestination(accessLogs))
                .accessLogFormat(AccessLogFormat.custom(AccessLogs.OF_REST))
                .build();
    }

    /** Adds the methods. */
    void open(
            RequestIntegrations door,
            StackTables tables,
            JavaFunction function,
            MethodAuthorization guard) {
        door.gatewayResponses(firewall).forEach(this::addGatewayResponse);
        var lambda =
                LambdaIntegration.Builder.create(function.alias())
                        .scopePermissionToMethod(false)
                        .build();
        var direct = new DirectIntegrations(this, tables.requests().getAttrArn());
        IResource root = api.getRoot();
        everything(root, lambda, guard);
        IResource requests = root.addResource("requests");
        everything(requests, lambda, guard);
        IResource request = requests.addResource("{id}");
        everything(request, lambda, guard);
        guard.watch(
                direct.add(
                        request,
                        "PUT",
                        door.submit(),
                        guard.options().requestModels(submission(door))));
        IResource status = root.addResource("status");
        everything(status, lambda, guard);
        IResource one = status.addResource("{id}");
        everything(one, lambda, guard);
        guard.watch(direct.add(one, "GET", door.status(), guard.options()));
        for (IResource parent : List.of(root, request, one)) {
            everything(parent.addResource(REST_OF_PATH), lambda, guard);
        }
        ApiPaths.OPEN.forEach(path -> withoutToken(path, lambda));
        acceptFindings();
    }

    /**
     * Adds the methods of the API function, which require a token, and {@code OPTIONS}, which
     * browsers call without one. Each resource that has a method needs them: API Gateway does not
     * look for a method in other resources that also match the path.
     */
    private static void everything(
            IResource resource, LambdaIntegration lambda, MethodAuthorization guard) {
        guard.watch(resource.addMethod(ANY, lambda, guard.options().build()));
        acceptNoToken(resource.addMethod(OPTIONS, lambda, MethodAuthorization.none()));
    }

    private void withoutToken(String path, LambdaIntegration lambda) {
        acceptNoToken(at(path.substring(1)).addMethod(ANY, lambda, MethodAuthorization.none()));
    }

    /**
     * Returns the resource of a path, and creates it if it does not exist.
     *
     * @param path without a leading slash
     */
    IResource at(String path) {
        return api.getRoot().resourceForPath(path);
    }

    static void acceptNoToken(Method method) {
        NagSuppressions.in(
                method,
                Map.of(
                        "AwsSolutions-APIG4",
                        "Public according to the API's contract; browsers send preflight requests"
                                + " without a token.",
                        "AwsSolutions-COG4",
                        "Public according to the API's contract."));
    }

    private void acceptFindings() {
        NagSuppressions.in(
                api.getDeploymentStage(),
                Map.of(
                        "AwsSolutions-APIG3",
                        "A firewall has a fixed monthly price, so it is optional (--firewall);"
                                + " calls are throttled and require a token.",
                        "Serverless-APIGWXrayEnabled",
                        "A trace would contain the path of the call, and thus the secrets of"
                                + " links."));
        NagSuppressions.in(
                api.getNode().findChild("CloudWatchRole"),
                Map.of(
                        "AwsSolutions-IAM4",
                        "API Gateway requires exactly this policy, once for the account and"
                                + " region."));
        NagSuppressions.in(
                Objects.requireNonNull(api.getLatestDeployment()),
                Map.of(
                        "CdkNagValidationFailure",
                        "The rule on structured logging fails for a deployment without its own"
                                + " stage; the access log of the stage is JSON."));
    }

    private void addGatewayResponse(GatewayResponse response) {
        api.addGatewayResponse(
                response.type(),
                GatewayResponseOptions.builder()
                        .type(ResponseType.of(response.type()))
                        .statusCode(String.valueOf(response.statusCode()))
                        .responseHeaders(DirectIntegrations.quoted(response.headers(), ""))
                        .templates(Map.of("application/json", response.template()))
                        .build());
    }

    /**
     * Returns the model of the body under {@code $default}, which applies to every content type.
     * Its schema is text, because the CDK would round the numbers of an object to doubles.
     */
    private Map<String, IModel> submission(RequestIntegrations door) {
        var model =
                CfnModel.Builder.create(this, "Submission")
                        .restApiId(api.getRestApiId())
                        .contentType("application/json")
                        .build();
        model.addPropertyOverride("Schema", door.submissionModel());
        Deployment deployment = Objects.requireNonNull(api.getLatestDeployment());
        deployment.addToLogicalId(door.submissionModel());
        deployment.getNode().addDependency(model);
        return Map.of("$default", Model.fromModelName(this, "SubmissionName", model.getRef()));
    }

    /** Returns what must be deployed before callers see the changes. */
    IDependable deployed() {
        return api.getDeploymentStage();
    }

    /** Makes the changes visible to callers only after {@code first} is deployed. */
    void deployAfter(IDependable first) {
        Objects.requireNonNull(api.getLatestDeployment()).getNode().addDependency(first);
    }

    /** Counts the calls for which the authorizer failed. */
    MetricFilter authorizerErrors() {
        return MetricFilter.Builder.create(this, "AuthorizerErrors")
                .logGroup(accessLogs)
                .filterPattern(
                        FilterPattern.any(
                                isError("AUTHORIZER_FAILURE"),
                                isError("AUTHORIZER_CONFIGURATION_ERROR")))
                .metricNamespace(Functions.NAMESPACE)
                .metricName("authorizer_errors")
                .metricValue("1")
                .dimensions(Map.of(StackMetrics.STAGE, "$." + AccessLogs.STAGE))
                .build();
    }

    private static JsonPattern isError(String type) {
        return FilterPattern.stringValue("$." + AccessLogs.ERROR, "=", type);
    }

    /** Returns the validator that rejects bodies which do not match the model of the method. */
    RequestValidator validator() {
        return api.addRequestValidator(
                "Validator",
                RequestValidatorOptions.builder()
                        .validateRequestBody(true)
                        .validateRequestParameters(true)
                        .build());
    }

    /**
     * Returns what must exist before API Gateway may write logs: the role in the account's
     * settings.
     */
    IDependable logsAreAllowed() {
        return api.getNode().findChild("Account");
    }

    RestApi api() {
        return api;
    }

    /** Returns the host, such as {@code abc.execute-api.eu-west-1.amazonaws.com}. */
    String host() {
        return ExecuteApiHost.executeApi(Stack.of(this), api.getRestApiId());
    }
}
