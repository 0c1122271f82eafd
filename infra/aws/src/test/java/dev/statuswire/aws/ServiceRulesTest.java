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

/** Rules that a service enforces when the stack is deployed, and that no linter checks. */
final class ServiceRulesTest {

    private static final String RESOURCE = "AWS::ApiGateway::Resource";
    private static final int MAX_RESOURCES = 300;

    /** Where resources whose names are global to an account have them. */
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
     * API Gateway refuses a second one: "A sibling of this resource already has a variable path
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
     * What follows a greedy variable could never be reached, so API Gateway refuses it.
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
     * exactly. So each resource that has methods needs one for every other call, unless it has
     * files of the page alone.
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
                                                        "RestApi(faviconsvg|(assets|client)file)\\w{8}"))
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
     * A quota that can be raised; counted without the root.
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
     * A stack that keeps data cannot be deleted by mistake; one to try can.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html">Protect
     *     CloudFormation stacks from being deleted</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void stack_is_protected_from_being_deleted_unless_the_stage_is_dev(Synthesized stack) {
        assertThat(stack.manifest().path("terminationProtection").asBoolean())
                .isEqualTo(!stack.toString().startsWith("statuswire-dev."));
    }

    /**
     * A bucket can be deleted only when it is empty, so a function empties each that goes with the
     * stack.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html">Deleting
     *     a general purpose bucket</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void bucket_that_goes_with_the_stack_is_emptied_before(Synthesized stack) {
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
     * The names of these are unique in an account, so a second region needs other ones. Resources
     * without a name of ours get one from CloudFormation.
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
    void name_that_is_global_to_the_account_has_the_region_in_it(Synthesized stack) {
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
     * An event source mapping is refused without all four.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html">IAM
     *     policy to allow an AWS Lambda function to access DynamoDB stream records</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void reader_of_a_stream_may_do_all_that_a_mapping_needs(Synthesized stack) {
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
     * CloudFront keeps these errors for 10 s by default, whatever {@code Cache-Control} they have,
     * and answers other callers with them.
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
     * CloudFormation updates what does not depend on each other at the same time, so what accepts a
     * new type depends on what works on it: the API's deployment and its function.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html">DependsOn
     *     attribute</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void type_is_accepted_after_those_that_work_on_it_are_deployed(Synthesized stack) {
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

    /** The full paths of the resources of the REST API, by logical id. */
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
