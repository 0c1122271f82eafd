package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks rules that a service enforces during a deployment and that no linter checks. */
final class ServiceRulesTest {

    private static final String RESOURCE = "AWS::ApiGateway::Resource";
    private static final int MAX_RESOURCES = 300;

    /** The property with the name, for resources whose names are global to an account. */
    private static final Map<String, String> GLOBAL_NAMES =
            Map.of(
                    "AWS::CloudFront::ResponseHeadersPolicy", "/ResponseHeadersPolicyConfig/Name",
                    "AWS::CloudFront::OriginAccessControl", "/OriginAccessControlConfig/Name",
                    "AWS::CloudFront::OriginRequestPolicy", "/OriginRequestPolicyConfig/Name",
                    "AWS::CloudFront::CachePolicy", "/CachePolicyConfig/Name",
                    "AWS::CloudFront::Function", "/Name",
                    "AWS::CloudWatch::Dashboard", "/DashboardName",
                    "AWS::IAM::Role", "/RoleName",
                    "AWS::IAM::ManagedPolicy", "/ManagedPolicyName",
                    "AWS::S3::Bucket", "/BucketName");

    /**
     * API Gateway rejects a second one: "A sibling of this resource already has a variable path
     * part -- only one is allowed".
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources">Set
     *     up API resources</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void resource_has_at_most_one_variable_child(Synthesized stack) {
        var variables = new HashMap<String, List<String>>();
        stack.properties(RESOURCE).stream()
                .filter(it -> isVariable(it.path("PathPart").asText()))
                .forEach(
                        it ->
                                variables
                                        .computeIfAbsent(
                                                it.path("ParentId").toString(),
                                                _ -> new ArrayList<>())
                                        .add(it.path("PathPart").asText()));

        assertThat(variables.values())
                .isNotEmpty()
                .allSatisfy(parts -> assertThat(parts).hasSize(1));
    }

    /**
     * API Gateway rejects children of a greedy variable, because they would be unreachable.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources">Set
     *     up API resources</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void greedy_variable_has_no_children(Synthesized stack) {
        assertThat(paths(stack).values())
                .anyMatch(path -> path.endsWith("+}"))
                .noneMatch(path -> path.contains("+}/"));
    }

    /**
     * A method of a resource hides every method of a resource that matches the same path less
     * exactly. So each resource that has methods needs a method for all other calls, unless it only
     * has files of the page.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html">Set
     *     up a proxy integration with a proxy resource</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void resource_with_methods_has_one_for_any(Synthesized stack) {
        Set<String> files =
                stack.resources(RESOURCE).entrySet().stream()
                        .filter(
                                it ->
                                        it.getKey()
                                                .matches(
                                                        "RestApi(faviconsvg|(assets|client)file|lsecret)\\w{8}"))
                        .map(it -> "{\"Ref\":\"" + it.getKey() + "\"}")
                        .collect(Collectors.toSet());
        var methods = new HashMap<String, List<String>>();
        stack.properties("AWS::ApiGateway::Method")
                .forEach(
                        it ->
                                methods.computeIfAbsent(
                                                it.path("ResourceId").toString(),
                                                _ -> new ArrayList<>())
                                        .add(it.path("HttpMethod").asText()));

        files.forEach(methods::remove);
        assertThat(methods.values()).isNotEmpty().allMatch(all -> all.contains("ANY"));
    }

    /**
     * The quota can be raised; the root does not count.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
     *     for configuring and running a REST API</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void rest_api_has_at_most_300_resources(Synthesized stack) {
        assertThat(stack.properties("AWS::ApiGateway::RestApi")).hasSize(1);
        assertThat(stack.properties(RESOURCE)).hasSizeLessThanOrEqualTo(MAX_RESOURCES);
    }

    /**
     * A stack with data that must be kept cannot be deleted by mistake; a trial stack can.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html">Protect
     *     CloudFormation stacks from being deleted</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void stack_has_termination_protection_unless_the_stage_is_dev(Synthesized stack) {
        assertThat(stack.manifest().path("terminationProtection").asBoolean())
                .isEqualTo(!stack.toString().startsWith("statuswire-dev."));
    }

    /**
     * Only an empty bucket can be deleted, so a function empties each bucket that is deleted with
     * the stack.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html">Deleting
     *     a general purpose bucket</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void bucket_that_is_deleted_with_the_stack_is_emptied_first(Synthesized stack) {
        Set<String> emptied =
                stack.properties("Custom::S3AutoDeleteObjects").stream()
                        .map(it -> it.at("/BucketName/Ref").asText())
                        .collect(Collectors.toSet());
        List<String> deleted =
                stack.resources("AWS::S3::Bucket").entrySet().stream()
                        .filter(
                                it ->
                                        !it.getValue()
                                                .path("DeletionPolicy")
                                                .asText()
                                                .equals("Retain"))
                        .map(Map.Entry::getKey)
                        .toList();

        assertThat(deleted).isNotEmpty();
        assertThat(emptied).containsAll(deleted);
    }

    /**
     * These names are unique in an account, so each region needs different ones. CloudFormation
     * names the resources to which the stack gives no name.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html">Quotas
     *     of CloudFront, per account</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html">PutDashboard</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Names
     *     of IAM</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void name_that_is_global_to_the_account_contains_the_region(Synthesized stack) {
        var names = new HashMap<String, JsonNode>();
        GLOBAL_NAMES.forEach(
                (type, name) ->
                        stack.resources(type)
                                .forEach(
                                        (id, resource) ->
                                                names.put(
                                                        id, resource.path("Properties").at(name))));
        names.values().removeIf(JsonNode::isMissingNode);

        assertThat(names).hasSizeGreaterThanOrEqualTo(4);
        assertThat(names)
                .allSatisfy(
                        (id, name) ->
                                assertThat(name.findValuesAsText("Ref")).contains("AWS::Region"));
        assertThat(stack.types())
                .filteredOn(type -> type.startsWith("AWS::CloudFront::"))
                .allMatch(type -> GLOBAL_NAMES.containsKey(type) || type.endsWith("Distribution"));
    }

    /**
     * Lambda rejects an event source mapping without all four permissions.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html">IAM
     *     policy to allow an AWS Lambda function to access DynamoDB stream records</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void reader_of_a_stream_has_all_permissions_that_a_mapping_needs(Synthesized stack) {
        List<JsonNode> readers =
                stack.properties("AWS::IAM::Role").stream()
                        .flatMap(it -> it.at("/Policies/0/PolicyDocument/Statement").valueStream())
                        .filter(it -> it.path("Action").toString().contains("dynamodb:GetRecords"))
                        .toList();

        assertThat(readers)
                .hasSameSizeAs(
                        stack.properties("AWS::Lambda::EventSourceMapping").stream()
                                .filter(
                                        it ->
                                                it.path("EventSourceArn")
                                                        .toString()
                                                        .contains("Stream"))
                                .toList())
                .allSatisfy(
                        it -> {
                            assertThat(it.path("Action"))
                                    .extracting(JsonNode::asText)
                                    .contains(
                                            "dynamodb:DescribeStream",
                                            "dynamodb:GetRecords",
                                            "dynamodb:GetShardIterator",
                                            "dynamodb:ListStreams");
                            assertThat(it.path("Resource").toString()).endsWith("\"/stream/*\"]]}");
                        });
    }

    /**
     * CloudFront by default caches these errors for 10 s, regardless of {@code Cache-Control}, and
     * serves them to other callers.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
     *     CloudFront processes HTTP 4xx and 5xx status codes from your origin</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void error_that_cloudfront_would_cache_is_not_cached(Synthesized stack) {
        JsonNode errors =
                stack.one("AWS::CloudFront::Distribution", "Page")
                        .at("/DistributionConfig/CustomErrorResponses");

        assertThat(errors)
                .extracting(it -> it.path("ErrorCode").asInt())
                .contains(404, 405, 414, 500, 501, 502, 503, 504);
        assertThat(errors).allMatch(it -> it.path("ErrorCachingMinTTL").asInt(-1) == 0);
    }

    /**
     * CloudFormation updates independent resources at the same time, so what accepts a new type
     * (the API's deployment and its function) depends on what processes it.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html">DependsOn
     *     attribute</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void type_is_accepted_after_its_processors_are_deployed(Synthesized stack) {
        List<JsonNode> accepting =
                Stream.concat(
                                stack.resources("AWS::ApiGateway::Deployment").values().stream(),
                                stack.resources("AWS::Lambda::Alias").entrySet().stream()
                                        .filter(it -> it.getKey().startsWith("FunctionsApiAlias"))
                                        .map(Map.Entry::getValue))
                        .toList();

        assertThat(accepting)
                .hasSize(2)
                .allSatisfy(
                        it ->
                                assertThat(it.path("DependsOn").toString())
                                        .contains(
                                                "FunctionsProcessorAlias",
                                                "FunctionsWorkerAlias",
                                                "FunctionsNotifierAlias"));
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    /** Returns the full paths of the REST API's resources, by logical id. */
    private static Map<String, String> paths(Synthesized stack) {
        Map<String, JsonNode> resources = stack.resources(RESOURCE);
        var paths = new TreeMap<String, String>();
        resources.keySet().forEach(id -> paths.put(id, path(id, resources)));
        return paths;
    }

    private static String path(String id, Map<String, JsonNode> resources) {
        JsonNode resource = Objects.requireNonNull(resources.get(id)).path("Properties");
        String parent = resource.at("/ParentId/Ref").asText();
        return (resources.containsKey(parent) ? path(parent, resources) : "")
                + "/"
                + resource.path("PathPart").asText();
    }
}
