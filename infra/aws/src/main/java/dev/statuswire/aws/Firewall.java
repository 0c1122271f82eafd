package dev.statuswire.aws;

import dev.statuswire.core.json.Json;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * A web ACL before the REST API that limits the rate of calls by access token and by address. AWS
 * WAF evaluates it before the authorizers, so a call that it blocks costs neither a function nor a
 * write. What it blocks becomes the gateway response {@code WAF_FILTERED}, which is a 429 problem.
 *
 * <p>Its scope is regional, because a web ACL of CloudFront can only be made in us-east-1, and
 * because clients may call the API without CloudFront. For calls that come through CloudFront, the
 * source address is CloudFront's. The first address in {@code X-Forwarded-For}, which is the only
 * one that WAF looks at, is whatever the client sent. So a CloudFront function puts the viewer's
 * address into a header of its own, and CloudFront adds a second header whose value clients do not
 * know: only with that one is the first believed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/waf/latest/APIReference/API_ForwardedIPConfig.html">ForwardedIPConfig:
 *     "AWS WAF only evaluates the first IP address found in the specified HTTP header"</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html">Use
 *     AWS WAF to protect your REST APIs in API Gateway</a>
 */
final class Firewall extends Construct {

    private static final String VIEWER = "x-statuswire-viewer";
    private static final String CLOUDFRONT = "x-statuswire-cloudfront";

    /** Where the unique part of a stack's ARN begins. */
    private static final int UNIQUE_PART = 2;

    private final String secret;

    Firewall(Construct scope, RestApi api) {
        super(scope, "Firewall");
        // Only people with access to the account know the unique part of the stack's id.
        secret = Fn.select(UNIQUE_PART, Fn.split("/", Stack.of(this).getStackId()));
        var acl =
                CfnWebACL.Builder.create(this, "Rates")
                        .description("Statuswire: rates of calls")
                        .scope("REGIONAL")
                        .defaultAction(
                                CfnWebACL.DefaultActionProperty.builder()
                                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                                        .build())
                        .visibilityConfig(
                                CfnWebACL.VisibilityConfigProperty.builder()
                                        .cloudWatchMetricsEnabled(true)
                                        .metricName(Stack.of(this).getStackName())
                                        .sampledRequestsEnabled(false)
                                        .build())
                        .build();
        acl.addPropertyOverride("Rules", rules());
        CfnWebACLAssociation.Builder.create(this, "Association")
                .resourceArn(api.getDeploymentStage().getStageArn())
                .webAclArn(acl.getAttrArn())
                .build();
    }

    /**
     * In a minute, one token may make a tenth of the calls that the stage lets through, and one
     * address a fifth. A token is the same however its scheme and the spaces around it are written.
     * Nothing is sampled, since samples would show tokens.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-wafv2-webacl-rule.html">AWS::WAFv2::WebACL
     *     Rule</a>
     */
    private Object rules() {
        String fromCloudFront =
                """
                {"ByteMatchStatement": {
                  "FieldToMatch": {"SingleHeader": {"Name": "%s"}},
                  "PositionalConstraint": "EXACTLY", "SearchString": "%s",
                  "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
                """
                        .formatted(CLOUDFRONT, secret);
        String rules =
                """
                [{"Name": "Token", "Priority": 0, "Action": {"Block": {}},
                  "Statement": {"RateBasedStatement": {
                    "Limit": 6000, "EvaluationWindowSec": 60, "AggregateKeyType": "CUSTOM_KEYS",
                    "CustomKeys": [{"Header": {"Name": "authorization", "TextTransformations": [
                      {"Priority": 0, "Type": "COMPRESS_WHITE_SPACE"},
                      {"Priority": 1, "Type": "LOWERCASE"}]}}]}},
                  "VisibilityConfig": {"CloudWatchMetricsEnabled": true, "MetricName": "Token",
                    "SampledRequestsEnabled": false}},
                 {"Name": "Viewer", "Priority": 1, "Action": {"Block": {}},
                  "Statement": {"RateBasedStatement": {
                    "Limit": 12000, "EvaluationWindowSec": 60, "AggregateKeyType": "FORWARDED_IP",
                    "ForwardedIPConfig": {"HeaderName": "%1$s", "FallbackBehavior": "MATCH"},
                    "ScopeDownStatement": %2$s}},
                  "VisibilityConfig": {"CloudWatchMetricsEnabled": true, "MetricName": "Viewer",
                    "SampledRequestsEnabled": false}},
                 {"Name": "Address", "Priority": 2, "Action": {"Block": {}},
                  "Statement": {"RateBasedStatement": {
                    "Limit": 12000, "EvaluationWindowSec": 60, "AggregateKeyType": "IP",
                    "ScopeDownStatement": {"NotStatement": {"Statement": %2$s}}}},
                  "VisibilityConfig": {"CloudWatchMetricsEnabled": true, "MetricName": "Address",
                    "SampledRequestsEnabled": false}}]
                """
                        .formatted(VIEWER, fromCloudFront);
        return Json.MAPPER.convertValue(Json.parse(rules).orElseThrow(), List.class);
    }

    /** The headers by which the API's firewall knows CloudFront. */
    Map<String, String> ofCloudFront() {
        return Map.of(CLOUDFRONT, secret);
    }

    /** What has CloudFront pass on the viewer's address. */
    List<FunctionAssociation> viewers() {
        Function viewer =
                Function.Builder.create(this, "Viewer")
                        .comment("Statuswire: tells the firewall the viewer's address")
                        .runtime(FunctionRuntime.JS_2_0)
                        .code(
                                FunctionCode.fromInline(
                                        """
                                        function handler(event) {
                                          const request = event.request;
                                          request.headers['%s'] = { value: event.viewer.ip };
                                          return request;
                                        }
                                        """
                                                .formatted(VIEWER)))
                        .build();
        return List.of(
                FunctionAssociation.builder()
                        .eventType(FunctionEventType.VIEWER_REQUEST)
                        .function(viewer)
                        .build());
    }
}
