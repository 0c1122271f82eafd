package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.settings.PageSecurityPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Tests the stack without CloudFront: the page is below the name of the stage, on the API's own
 * host.
 */
final class DirectPageTest {

    private static final String METHOD = "AWS::ApiGateway::Method";

    private final Synthesized stack = Synthesized.withoutCloudFront();

    @Test
    void stack_has_no_cloudfront_resources() {
        assertThat(stack.types()).noneMatch(type -> type.startsWith("AWS::CloudFront::"));
        assertThat(stack.template().path("Outputs").has("CloudFrontHost")).isFalse();
    }

    @Test
    void files_and_documents_are_read_from_the_bucket_without_a_token() {
        var read = new TreeMap<String, String>();
        fromBucket()
                .forEach(
                        (id, method) -> {
                            assertThat(method.path("AuthorizationType").asText()).isEqualTo("NONE");
                            assertThat(method.path("HttpMethod").asText()).isEqualTo("GET");
                            JsonNode uri = method.at("/Integration/Uri/Fn::Join/1");
                            read.put(
                                    id.replaceAll("^RestApi|GET.*$", ""),
                                    uri.get(uri.size() - 1).asText());
                        });

        assertThat(read)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "", "/index.html",
                                "faviconsvg", "/favicon.svg",
                                "assetsfile", "/assets/{file}",
                                "clientfile", "/client/{file}",
                                "lsecret", "/l/index.html",
                                "types", "/types",
                                "identity", "/identity",
                                "openapiyaml", "/openapi.yaml",
                                "asyncapiyaml", "/asyncapi.yaml"));
    }

    @Test
    void page_has_the_headers_that_cloudfront_would_add() {
        JsonNode found =
                fromBucket().values().stream()
                        .map(it -> it.at("/Integration/IntegrationResponses/0/ResponseParameters"))
                        .reduce(
                                (one, other) -> {
                                    assertThat(one).isEqualTo(other);
                                    return one;
                                })
                        .orElseThrow();
        var headers = new HashMap<String, String>();
        found.properties()
                .forEach(
                        it ->
                                headers.put(
                                        it.getKey().replace("method.response.header.", ""),
                                        it.getValue().asText()));

        PageSecurityPolicy.ISOLATION.forEach(
                (name, value) -> assertThat(headers).containsEntry(name, "'" + value + "'"));
        assertThat(headers)
                .containsEntry("X-Content-Type-Options", "'nosniff'")
                .containsEntry("X-Frame-Options", "'DENY'")
                .containsEntry("Referrer-Policy", "'no-referrer'")
                .containsEntry("Content-Type", "integration.response.header.Content-Type")
                .containsEntry("Cache-Control", "integration.response.header.Cache-Control")
                .containsEntry(
                        "Content-Security-Policy",
                        "integration.response.header.x-amz-meta-content-security-policy");
        for (String upload : List.of("PageFilesAssets", "PageFilesRest")) {
            assertThat(
                            stack.one("Custom::CDKBucketDeployment", upload)
                                    .at("/UserMetadata/content-security-policy")
                                    .toString())
                    .contains("default-src 'none'", "wss://", "\"Ref\":\"LiveApi");
        }
    }

    @Test
    void missing_file_is_a_problem_without_any_part_of_the_response_of_s3() {
        assertThat(fromBucket().values())
                .allSatisfy(
                        it -> {
                            JsonNode missing = it.at("/Integration/IntegrationResponses/1");
                            assertThat(missing.has("SelectionPattern")).isFalse();
                            assertThat(missing.path("StatusCode").asText()).isEqualTo("404");
                            assertThat(missing.at("/ResponseTemplates/application~1json").asText())
                                    .contains("/problems/not-found");
                        });
    }

    @Test
    void every_url_for_clients_contains_the_stage() {
        JsonNode environment =
                stack.one("AWS::Lambda::Function", "FunctionsApi").at("/Environment/Variables");

        assertThat(environment.path("STATUSWIRE_PUBLIC_URL").toString())
                .contains(".execute-api.")
                .endsWith("\"/trial\"]]}");
        assertThat(environment.path("STATUSWIRE_LIVE_URL").toString())
                .contains("wss://", "\"Ref\":\"LiveApi");
        assertThat(stack.one("AWS::Cognito::UserPoolClient", "LoginPage").path("CallbackURLs"))
                .singleElement()
                .asString()
                .contains("RestApi")
                .endsWith("\"/trial/\"]]}");
        assertThat(
                        stack.one(METHOD, "RestApirequestsidPUT")
                                .at("/Integration/IntegrationResponses/0/ResponseTemplates")
                                .toString())
                .contains("Location = \\\"/trial/status/$id");
        assertThat(stack.template().at("/Outputs/Url/Value").toString()).contains("/trial/");
    }

    /** Returns the methods that API Gateway serves from the page's bucket. */
    private Map<String, JsonNode> fromBucket() {
        var methods = new HashMap<String, JsonNode>();
        stack.resources(METHOD)
                .forEach(
                        (id, method) -> {
                            if (method.at("/Properties/Integration/Uri")
                                    .toString()
                                    .contains("s3:path/")) {
                                methods.put(id, method.path("Properties"));
                            }
                        });
        assertThat(methods).isNotEmpty();
        return methods;
    }
}
