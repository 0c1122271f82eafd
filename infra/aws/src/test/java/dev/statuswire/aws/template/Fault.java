package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;

/** Faults to plant in a template, each with the probe that must detect it. */
@SuppressWarnings("ImmutableEnumChecker") // an edit has no state
enum Fault {
    TWO_VARIABLE_SIBLINGS(
            edit -> {
                ObjectNode other = edit.copy("AWS::ApiGateway::Resource", "/PathPart", "{id}");
                ((ObjectNode) other.path("Properties")).put("PathPart", "{other}");
            }),
    HEADER_THAT_NO_METHOD_RESPONSE_DECLARES(
            edit ->
                    edit.object(edit.submit(), "/MethodResponses/0/ResponseParameters")
                            .remove("method.response.header.Retry-After")),
    STREAM_THAT_THE_ROLE_MAY_NOT_READ(
            edit ->
                    edit.replace(
                            edit.resource("AWS::IAM::Role", "FunctionsNotifier"),
                            "dynamodb:GetRecords",
                            "dynamodb:GetItem")),
    ALIAS_THAT_IS_NOT_THERE(
            edit ->
                    edit.replace(
                            edit.resource("AWS::Lambda::EventSourceMapping", "WorkMappingsProc"),
                            ":live",
                            ":latest")),
    HANDLER_THAT_IS_NO_CLASS(
            edit ->
                    edit.replace(
                            edit.resource("AWS::Lambda::Function", "FunctionsApi"),
                            "ApiFunction",
                            "ApiFunctions")),
    WRONG_SELECTION_PATTERN(
            Probe.SUBMISSION,
            edit ->
                    edit.object(edit.submit(), "/Integration/IntegrationResponses/1")
                            .put("SelectionPattern", "5\\d{2}")),
    MISSING_HEADER_MAPPING(
            Probe.SUBMISSION,
            edit ->
                    edit.object(
                                    edit.submit(),
                                    "/Integration/IntegrationResponses/0/ResponseParameters")
                            .remove("method.response.header.Retry-After")),
    WRONG_ACTION(
            Probe.SUBMISSION,
            edit -> edit.replace(edit.submit(), "action/UpdateItem", "action/PutItem")),
    ROLE_OF_ANOTHER_TABLE(
            Probe.STATUS,
            edit ->
                    edit.replace(
                            edit.resource("AWS::IAM::Role", "RestApiDirectGetItem"),
                            "TablesRequests[A-Z0-9]+",
                            edit.id("AWS::DynamoDB::Table", "TablesUsers"))),
    BODIES_ARE_NOT_VALIDATED(
            Probe.REFUSAL,
            edit ->
                    edit.object(edit.resource("AWS::ApiGateway::RequestValidator", ""), "")
                            .put("ValidateRequestBody", false)),
    MISSING_GATEWAY_RESPONSE(
            Probe.REFUSAL,
            edit -> edit.remove("AWS::ApiGateway::GatewayResponse", "RestApiUNSUPP")),
    METHOD_THAT_IS_NOT_DEPLOYED(
            Probe.SUBMISSION,
            edit -> edit.undeployed(edit.id("AWS::ApiGateway::Method", "RestApirequestsidPUT"))),
    ANY_TOKEN_IS_TAKEN(
            Probe.LOGIN,
            edit ->
                    edit.object(edit.resource("AWS::ApiGateway::Method", "RestApistatusidGET"), "")
                            .put("AuthorizationType", "NONE")),
    ID_TOKENS_INSTEAD_OF_ACCESS_TOKENS(
            Probe.SUBMISSION, edit -> edit.object(edit.submit(), "").remove("AuthorizationScopes")),
    API_MAY_NOT_BE_INVOKED(
            Probe.API, edit -> edit.remove("AWS::Lambda::Permission", "RestApiApiPermission")),
    WRONG_TABLE_IN_THE_ENVIRONMENT(
            Probe.API,
            edit -> {
                ObjectNode variables = edit.variables("FunctionsApi");
                variables.set("STATUSWIRE_REQUESTS_TABLE", variables.get("STATUSWIRE_USERS_TABLE"));
            }),
    WRONG_ISSUER_IN_THE_ENVIRONMENT(
            Probe.API,
            edit ->
                    edit.variables("FunctionsApi")
                            .put("STATUSWIRE_OIDC_ISSUER", "https://127.0.0.1:1/closed")),
    FILTER_THAT_NEVER_MATCHES(
            Probe.QUICK_WORK,
            edit ->
                    edit.replace(
                            edit.resource("AWS::Lambda::EventSourceMapping", "WorkMappingsProc"),
                            "ACCEPTED",
                            "Accepted")),
    STREAM_OF_ANOTHER_TABLE(
            edit ->
                    edit.replace(
                            edit.resource("AWS::Lambda::EventSourceMapping", "WorkMappingsAct"),
                            "TablesUsers[A-Z0-9]+",
                            edit.id("AWS::DynamoDB::Table", "TablesRequests"))),
    STREAM_WITHOUT_IMAGES(
            Probe.QUICK_WORK,
            edit ->
                    edit.object(
                                    edit.resource("AWS::DynamoDB::Table", "TablesRequests"),
                                    "/StreamSpecification")
                            .put("StreamViewType", "KEYS_ONLY")),
    WRONG_WORKER_IN_THE_ENVIRONMENT(
            Probe.SLOW_WORK,
            edit ->
                    edit.variables("FunctionsProcessor")
                            .put("STATUSWIRE_WORKER_FUNCTION", "another-worker")),
    INDEX_WITH_ANOTHER_NAME(
            Probe.SWEEP,
            edit ->
                    edit.object(
                                    edit.resource("AWS::DynamoDB::Table", "TablesRequests"),
                                    "/GlobalSecondaryIndexes/0")
                            .put("IndexName", "overdue")),
    SWEEPER_MAY_NOT_BE_INVOKED(
            Probe.SWEEP, edit -> edit.remove("AWS::Lambda::Permission", "WorkEachMinute")),
    ROUTE_THAT_DOES_NOT_ANSWER(
            Probe.LIVE,
            edit -> edit.remove("AWS::ApiGatewayV2::RouteResponse", "LiveApipingRouteResponse")),
    ROUTE_THAT_MAY_NOT_INVOKE(
            Probe.LIVE, edit -> edit.remove("AWS::Lambda::Permission", "LiveApisubscribeRoute")),
    PUSHES_TO_ANOTHER_STAGE(
            Probe.LIVE,
            edit ->
                    edit.replace(
                            edit.variables("FunctionsNotifier")
                                    .path("STATUSWIRE_CONNECTIONS_ENDPOINT"),
                            "/live",
                            "/dead")),
    LINKS_THAT_NEED_A_TOKEN(
            Probe.LINK,
            edit -> {
                ObjectNode status =
                        edit.object(
                                edit.resource(
                                        "AWS::ApiGateway::Method", "RestApilinkssecretstatusANY"),
                                "");
                JsonNode guarded = edit.submit().path("Properties");
                status.set("AuthorizationType", guarded.path("AuthorizationType"));
                status.set("AuthorizerId", guarded.path("AuthorizerId"));
            }),
    LINKS_WITHOUT_THEIR_PAGE(Probe.LINK, edit -> edit.removeBehavior("/l/*")),
    LINKS_TABLE_OF_ANOTHER_NAME(
            Probe.LINK,
            edit -> {
                ObjectNode variables = edit.variables("FunctionsApi");
                variables.set("STATUSWIRE_LINKS_TABLE", variables.get("STATUSWIRE_USERS_TABLE"));
            }),
    BEHAVIOR_THAT_IS_MISSING(Probe.PAGE, edit -> edit.removeBehavior("/status/*")),
    ORIGIN_WITH_ANOTHER_STAGE(
            Probe.PAGE,
            edit ->
                    edit.replace(
                            edit.resource("AWS::CloudFront::Distribution", ""), "^/dev$", "/prod")),
    BUCKET_THAT_CLOUDFRONT_MAY_NOT_READ(
            Probe.PAGE, edit -> edit.remove("AWS::S3::BucketPolicy", "Page")),
    PAGE_WITHOUT_ITS_HEADERS(
            Probe.PAGE,
            edit ->
                    edit.object(
                                    edit.resource("AWS::CloudFront::Distribution", ""),
                                    "/DistributionConfig/DefaultCacheBehavior")
                            .remove("ResponseHeadersPolicyId"));

    private final Optional<Probe> probe;
    private final Consumer<TemplateEdit> edit;

    /** Creates a fault with which the template cannot be deployed. */
    Fault(Consumer<TemplateEdit> edit) {
        this.probe = Optional.empty();
        this.edit = edit;
    }

    Fault(Probe probe, Consumer<TemplateEdit> edit) {
        this.probe = Optional.of(probe);
        this.edit = edit;
    }

    /** Returns the probe that detects the fault; empty if a service rejects the template. */
    Optional<Probe> probe() {
        return probe;
    }

    /**
     * Returns the template with this fault.
     *
     * @throws AssertionError if the edit changes nothing
     */
    JsonNode planted(JsonNode template) {
        ObjectNode copy = template.deepCopy();
        edit.accept(new TemplateEdit(copy));
        if (copy.equals(template)) {
            throw new AssertionError(this + " changes nothing");
        }
        return copy;
    }
}
