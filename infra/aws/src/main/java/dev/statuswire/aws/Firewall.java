package dev.statuswire.aws;

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

    /** Calls with one token in a window: a tenth of what the stage lets through. */
    static final int CALLS_OF_TOKEN = 6_000;

    /** Calls from one address in a window: a fifth of what the stage lets through. */
    static final int CALLS_FROM_ADDRESS = 12_000;

    private static final int WINDOW_SECONDS = 60;

    private static final String AUTHORIZATION = "authorization";
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
                        .rules(List.of(byToken(0), byViewer(1), byAddress(2)))
                        .visibilityConfig(visibility(Stack.of(this).getStackName()))
                        .build();
        CfnWebACLAssociation.Builder.create(this, "Association")
                .resourceArn(api.getDeploymentStage().getStageArn())
                .webAclArn(acl.getAttrArn())
                .build();
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

    /** One token is one token, however its scheme and the spaces around it are written. */
    private static CfnWebACL.RuleProperty byToken(int priority) {
        return rule(
                "Token",
                priority,
                rate(CALLS_OF_TOKEN)
                        .aggregateKeyType("CUSTOM_KEYS")
                        .customKeys(
                                List.of(
                                        CfnWebACL.RateBasedStatementCustomKeyProperty.builder()
                                                .header(
                                                        CfnWebACL.RateLimitHeaderProperty.builder()
                                                                .name(AUTHORIZATION)
                                                                .textTransformations(
                                                                        List.of(
                                                                                transformation(
                                                                                        0,
                                                                                        "COMPRESS_WHITE_SPACE"),
                                                                                transformation(
                                                                                        1,
                                                                                        "LOWERCASE")))
                                                                .build())
                                                .build())));
    }

    private CfnWebACL.RuleProperty byViewer(int priority) {
        return rule(
                "Viewer",
                priority,
                rate(CALLS_FROM_ADDRESS)
                        .aggregateKeyType("FORWARDED_IP")
                        .forwardedIpConfig(
                                CfnWebACL.ForwardedIPConfigurationProperty.builder()
                                        .headerName(VIEWER)
                                        .fallbackBehavior("MATCH")
                                        .build())
                        .scopeDownStatement(isFromCloudFront()));
    }

    private CfnWebACL.RuleProperty byAddress(int priority) {
        return rule(
                "Address",
                priority,
                rate(CALLS_FROM_ADDRESS)
                        .aggregateKeyType("IP")
                        .scopeDownStatement(
                                CfnWebACL.StatementProperty.builder()
                                        .notStatement(
                                                CfnWebACL.NotStatementProperty.builder()
                                                        .statement(isFromCloudFront())
                                                        .build())
                                        .build()));
    }

    private CfnWebACL.StatementProperty isFromCloudFront() {
        return CfnWebACL.StatementProperty.builder()
                .byteMatchStatement(
                        CfnWebACL.ByteMatchStatementProperty.builder()
                                .fieldToMatch(
                                        CfnWebACL.FieldToMatchProperty.builder()
                                                .singleHeader(Map.of("Name", CLOUDFRONT))
                                                .build())
                                .positionalConstraint("EXACTLY")
                                .searchString(secret)
                                .textTransformations(List.of(transformation(0, "NONE")))
                                .build())
                .build();
    }

    private static CfnWebACL.RateBasedStatementProperty.Builder rate(int limit) {
        return CfnWebACL.RateBasedStatementProperty.builder()
                .limit(limit)
                .evaluationWindowSec(WINDOW_SECONDS);
    }

    private static CfnWebACL.TextTransformationProperty transformation(int priority, String type) {
        return CfnWebACL.TextTransformationProperty.builder().priority(priority).type(type).build();
    }

    private static CfnWebACL.RuleProperty rule(
            String name, int priority, CfnWebACL.RateBasedStatementProperty.Builder rate) {
        return CfnWebACL.RuleProperty.builder()
                .name(name)
                .priority(priority)
                .statement(
                        CfnWebACL.StatementProperty.builder()
                                .rateBasedStatement(rate.build())
                                .build())
                .action(
                        CfnWebACL.RuleActionProperty.builder()
                                .block(CfnWebACL.BlockActionProperty.builder().build())
                                .build())
                .visibilityConfig(visibility(name))
                .build();
    }

    /** Without samples: they would show tokens. */
    private static CfnWebACL.VisibilityConfigProperty visibility(String name) {
        return CfnWebACL.VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .metricName(name)
                .sampledRequestsEnabled(false)
                .build();
    }
}
