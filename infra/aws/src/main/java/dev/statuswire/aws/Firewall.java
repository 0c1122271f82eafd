package dev.statuswire.aws;

import dev.statuswire.core.json.Json;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * A web ACL in front of the REST API that limits the rate of calls by access token and by IP
 * address. AWS WAF evaluates it before the authorizers, so a blocked call costs neither an
 * invocation nor a write. A blocked call gets the gateway response {@code WAF_FILTERED}, which is a
 * 429 problem.
 *
 * <p>Its scope is regional, because a web ACL for CloudFront can only be created in us-east-1, and
 * because clients may call the API without CloudFront. For calls that come through CloudFront, the
 * source address is CloudFront's. AWS WAF evaluates only the first address in {@code
 * X-Forwarded-For}, and a client can set that address. So a CloudFront function writes the viewer's
 * address into a separate header, and CloudFront adds a second header whose value clients do not
 * know. The rules trust the first header only together with the second one.
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

    /** The index of the unique part in a stack's ARN. */
    private static final int UNIQUE_PART = 2;

    private final String secret;

    Firewall(Construct scope, RestApi api) {
        super(scope, "Firewall");
        // Only users with access to the account know the unique part of the stack id.
        secret = Fn.select(UNIQUE_PART, Fn.split("/", Stack.of(this).getStackId()));
        var acl =
                CfnWebACL.Builder.create(this, "Rates")
                        .description("Statuswire: rate limits")
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
     * Returns the rules. Per minute, one token may make a tenth of the calls that the stage allows,
     * and one address a fifth. Differences in the case and in the white space of the header do not
     * matter. Sampling is off because samples would show tokens.
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

    /** Returns the headers by which the rules recognize calls from CloudFront. */
    Map<String, String> ofCloudFront() {
        return Map.of(CLOUDFRONT, secret);
    }

    /** Returns the function that makes CloudFront forward the viewer's address. */
    List<FunctionAssociation> viewers() {
        return ViewerFunction.create(
                this,
                "Viewer",
                "passes the viewer's address to the firewall",
                "request.headers['%s'] = { value: event.viewer.ip };".formatted(VIEWER));
    }
}
