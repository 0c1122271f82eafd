package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the web ACL of {@code --firewall}. */
final class FirewallTest {

    private static final String ACL = "AWS::WAFv2::WebACL";
    private static final String ASSOCIATION = "AWS::WAFv2::WebACLAssociation";
    private static final String SECRET =
            "{\"Fn::Select\":[2,{\"Fn::Split\":[\"/\",{\"Ref\":\"AWS::StackId\"}]}]}";

    private final Synthesized without = Synthesized.withCognito();
    private final Synthesized with = Synthesized.withOwnIssuer();
    private final JsonNode acl = with.one(ACL, "Firewall");

    private JsonNode rule(String name) {
        return acl.path("Rules")
                .valueStream()
                .filter(it -> it.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode rate(String name) {
        return rule(name).at("/Statement/RateBasedStatement");
    }

    @Test
    void firewall_is_off_by_default() {
        assertThat(without.resources(ACL)).isEmpty();
        assertThat(without.resources(ASSOCIATION)).isEmpty();
        assertThat(without.resources("AWS::CloudFront::Function").keySet())
                .noneMatch(it -> it.startsWith("Firewall"));
        assertThat(without.one("AWS::CloudFront::Distribution", "Page").toString())
                .doesNotContain("x-statuswire");
    }

    /**
     * The web ACL is regional and associated with the deployed stage.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-wafv2-webaclassociation.html">AWS::WAFv2::WebACLAssociation,
     *     ResourceArn</a>
     */
    @Test
    void firewall_protects_the_stage_and_allows_calls_by_default() {
        JsonNode association = with.one(ASSOCIATION, "Firewall");

        assertThat(acl.path("Scope").asText()).isEqualTo("REGIONAL");
        assertThat(acl.path("DefaultAction")).hasToString("{\"Allow\":{}}");
        assertThat(association.at("/WebACLArn/Fn::GetAtt/0").asText())
                .isIn(with.resources(ACL).keySet());
        assertThat(association.path("ResourceArn").toString())
                .contains(":apigateway:", "::/restapis/", "/stages/")
                .contains(with.resources("AWS::ApiGateway::Stage").keySet());
    }

    /**
     * The rate is in the range that AWS WAF allows, and a share of what the stage allows.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html">Rate-based
     *     rule high-level settings</a>
     */
    @Test
    void each_rule_blocks_above_a_rate_per_minute() {
        double ofStage =
                60
                        * with.one("AWS::ApiGateway::Stage", "RestApi")
                                .at("/MethodSettings/0/ThrottlingRateLimit")
                                .asDouble();

        assertThat(acl.path("Rules"))
                .hasSize(3)
                .allSatisfy(
                        it -> {
                            assertThat(it.path("Action")).hasToString("{\"Block\":{}}");
                            assertThat(
                                            it.at(
                                                            "/Statement/RateBasedStatement/EvaluationWindowSec")
                                                    .asInt())
                                    .isEqualTo(60);
                        });
        assertThat(acl.path("Rules").findValuesAsText("Priority"))
                .as("also of transformations")
                .contains("0", "1", "2");
        assertThat(rate("Token").path("Limit").asInt() / ofStage).isEqualTo(0.1);
        assertThat(rate("Viewer").path("Limit").asInt() / ofStage).isEqualTo(0.2);
        assertThat(rate("Address").path("Limit").asInt() / ofStage).isEqualTo(0.2);
    }

    /**
     * Tokens are compared by the whole header, in which the scheme and white space can be written
     * in several ways.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html">Aggregation
     *     options and keys</a>
     */
    @Test
    void calls_with_one_token_are_counted_together_however_the_header_is_written() {
        JsonNode header = rate("Token").at("/CustomKeys/0/Header");

        assertThat(rate("Token").path("AggregateKeyType").asText()).isEqualTo("CUSTOM_KEYS");
        assertThat(header.path("Name").asText()).isEqualTo("authorization");
        assertThat(header.path("TextTransformations").findValuesAsText("Type"))
                .containsExactly("COMPRESS_WHITE_SPACE", "LOWERCASE");
    }

    /**
     * A client can set the first address in {@code X-Forwarded-For}.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/waf/latest/APIReference/API_ForwardedIPConfig.html">ForwardedIPConfig</a>
     */
    @Test
    void address_of_a_viewer_is_trusted_only_from_cloudfront() {
        assertThat(rate("Viewer").path("AggregateKeyType").asText()).isEqualTo("FORWARDED_IP");
        assertThat(rate("Viewer").at("/ForwardedIPConfig/HeaderName").asText())
                .isEqualTo("x-statuswire-viewer");
        assertThat(rate("Viewer").at("/ForwardedIPConfig/FallbackBehavior").asText())
                .isEqualTo("MATCH");
        assertThat(rate("Address").path("AggregateKeyType").asText()).isEqualTo("IP");
        JsonNode fromCloudFront = rate("Viewer").at("/ScopeDownStatement/ByteMatchStatement");
        assertThat(fromCloudFront.at("/FieldToMatch/SingleHeader/Name").asText())
                .isEqualTo("x-statuswire-cloudfront");
        assertThat(fromCloudFront.path("PositionalConstraint").asText()).isEqualTo("EXACTLY");
        assertThat(fromCloudFront.path("SearchString")).hasToString(SECRET);
        assertThat(rate("Address").at("/ScopeDownStatement/NotStatement/Statement"))
                .isEqualTo(rate("Viewer").path("ScopeDownStatement"));
    }

    /**
     * CloudFront sends the secret only to the API's origin; a CloudFront function overwrites any
     * address that a viewer sent.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html">Add
     *     custom headers to origin requests</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/example-function-add-true-client-ip-header.html">Add
     *     a true client IP header</a>
     */
    @Test
    void cloudfront_identifies_itself_and_the_viewer_only_to_the_api() {
        JsonNode distribution =
                with.one("AWS::CloudFront::Distribution", "Page").path("DistributionConfig");
        List<JsonNode> marked =
                distribution
                        .path("Origins")
                        .valueStream()
                        .filter(it -> it.has("OriginCustomHeaders"))
                        .toList();

        assertThat(marked).hasSize(1);
        assertThat(marked.getFirst().at("/OriginCustomHeaders/0/HeaderName").asText())
                .isEqualTo("x-statuswire-cloudfront");
        assertThat(marked.getFirst().at("/OriginCustomHeaders/0/HeaderValue")).hasToString(SECRET);
        String api = marked.getFirst().path("Id").asText();
        assertThat(distribution.path("CacheBehaviors"))
                .anyMatch(it -> it.path("TargetOriginId").asText().equals(api))
                .allSatisfy(
                        it ->
                                assertThat(
                                                it.at("/FunctionAssociations/0/FunctionARN")
                                                        .toString()
                                                        .contains("FirewallViewer"))
                                        .as(it.path("PathPattern").asText())
                                        .isEqualTo(it.path("TargetOriginId").asText().equals(api)));
        assertThat(with.one("AWS::CloudFront::Function", "Firewall").path("FunctionCode").asText())
                .contains("headers['x-statuswire-viewer'] = { value: event.viewer.ip }");
    }

    /** The metric name distinguishes the stages of an account. */
    @Test
    void metrics_are_named_after_the_stack() {
        assertThat(acl.at("/VisibilityConfig/MetricName").asText()).isEqualTo("statuswire-prod");
        assertThat(acl.path("Rules").findValuesAsText("MetricName"))
                .containsExactly("Token", "Viewer", "Address");
    }

    /** Function names are unique in an account across all regions. */
    @Test
    void function_of_cloudfront_has_the_region_in_its_name() {
        assertThat(with.one("AWS::CloudFront::Function", "Firewall").path("Name").toString())
                .contains("AWS::Region");
    }

    /**
     * Samples show headers, which include the token.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing-view-sample.html">Viewing
     *     a sample of web requests</a>
     */
    @Test
    void tokens_are_not_sampled() {
        assertThat(acl.findValuesAsText("SampledRequestsEnabled")).hasSize(4).containsOnly("false");
    }

    /**
     * The gateway response is a problem document, which a custom response of AWS WAF cannot be.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
     *     response types</a>
     */
    @Test
    void blocked_call_gets_a_429_with_retry_after() {
        JsonNode blocked = answer(with);

        assertThat(blocked.path("StatusCode").asText()).isEqualTo("429");
        assertThat(blocked.path("ResponseParameters").toString())
                .contains("application/problem+json", "header.Retry-After\":\"'30'\"");
        assertThat(answer(without).path("StatusCode").asText()).isEqualTo("403");
        assertThat(rule("Token").path("Action")).hasToString("{\"Block\":{}}");
    }

    private static JsonNode answer(Synthesized stack) {
        return stack.properties("AWS::ApiGateway::GatewayResponse").stream()
                .filter(it -> it.path("ResponseType").asText().equals("WAF_FILTERED"))
                .findFirst()
                .orElseThrow();
    }
}
