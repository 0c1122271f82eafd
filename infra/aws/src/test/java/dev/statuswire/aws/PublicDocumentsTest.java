package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.OwnerResolver;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.identity.OidcSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the documents that a page reads before it submits are available while every function
 * is down.
 */
final class PublicDocumentsTest {

    private static final String UPLOAD = "Custom::CDKBucketDeployment";

    /** The values of CloudFormation that affect the documents; other ids are used unchanged. */
    private static final Map<String, String> KNOWN =
            Map.of("AWS::Region", "eu-west-1", "AWS::URLSuffix", "amazonaws.com");

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void document_equals_the_response_of_the_api_function_byte_by_byte(Synthesized stack) {
        try (var api = ApiServer.start(parts(stack))) {
            for (String path : PublicDocuments.PATHS) {
                Answer answer = api.client().get(path);
                JsonNode upload = upload(stack, path);

                assertThat(uploaded(stack, upload, path))
                        .as(path)
                        .isEqualTo(answer.body().getBytes(StandardCharsets.UTF_8));
                assertThat(upload.at("/SystemMetadata/content-type").asText())
                        .isEqualTo(answer.header("Content-Type"));
                assertThat(upload.at("/SystemMetadata/cache-control").asText())
                        .isEqualTo(answer.header("Cache-Control"));
            }
        }
    }

    /** Returns the API with the settings that its function has in the template. */
    private static ApiServer.Parts parts(Synthesized stack) {
        var environment = new HashMap<String, String>();
        stack.one("AWS::Lambda::Function", "FunctionsApi")
                .at("/Environment/Variables")
                .properties()
                .forEach(it -> environment.put(it.getKey(), resolved(it.getValue())));
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.types = RequestTypes.load();
        parts.identity =
                new Authentication(
                        OwnerResolver.LOCAL, OidcSettings.from(new Environment(environment)));
        return parts;
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void document_is_served_from_the_page_s_bucket(Synthesized stack) {
        JsonNode config =
                stack.one("AWS::CloudFront::Distribution", "Page").path("DistributionConfig");
        List<JsonNode> behaviors =
                config.path("CacheBehaviors")
                        .valueStream()
                        .filter(
                                it ->
                                        PublicDocuments.PATHS.contains(
                                                it.path("PathPattern").asText()))
                        .toList();

        assertThat(behaviors)
                .hasSameSizeAs(PublicDocuments.PATHS)
                .allMatch(
                        it ->
                                it.path("TargetOriginId")
                                        .equals(config.at("/DefaultCacheBehavior/TargetOriginId")));
    }

    /**
     * The client module sends a token with every call, so the browser sends a preflight request.
     */
    @Test
    void page_of_an_allowed_origin_may_read_documents_with_a_token() {
        Synthesized prod = Synthesized.withOwnIssuer();

        assertThat(
                        prod.one("AWS::S3::Bucket", "PageFiles")
                                .at("/CorsConfiguration/CorsRules")
                                .toString())
                .isEqualTo(
                        "[{\"AllowedHeaders\":[\"*\"],\"AllowedMethods\":[\"GET\",\"HEAD\"],"
                                + "\"AllowedOrigins\":[\"https://shop.example.com\","
                                + "\"https://a.example.org\"]}]");
        assertThat(
                        prod.one("AWS::CloudFront::Distribution", "Page")
                                .at("/DistributionConfig/CacheBehaviors")
                                .valueStream()
                                .filter(it -> it.path("PathPattern").asText().equals("/types"))
                                .map(it -> it.path("AllowedMethods").toString()))
                .containsExactly("[\"GET\",\"HEAD\",\"OPTIONS\"]");
        assertThat(Synthesized.withCognito().one("AWS::S3::Bucket", "PageFiles"))
                .noneMatch(it -> it.has("CorsRules"));
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void upload_of_the_page_does_not_touch_documents(Synthesized stack) {
        JsonNode rest = stack.one(UPLOAD, "PageFilesRest");

        assertThat(rest.path("Prune").asBoolean()).isTrue();
        assertThat(rest.path("Exclude"))
                .extracting(JsonNode::asText)
                .contains("types", "identity", "openapi.yaml", "asyncapi.yaml");
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void type_is_published_after_it_is_accepted(Synthesized stack) {
        assertThat(
                        stack.resources(UPLOAD).entrySet().stream()
                                .filter(it -> it.getKey().startsWith("PageFilesDocuments"))
                                .map(it -> it.getValue().path("DependsOn").toString()))
                .singleElement()
                .asString()
                .contains("RestApiDeploymentStage");
    }

    private static JsonNode upload(Synthesized stack, String path) {
        return stack.properties(UPLOAD).stream()
                .filter(upload -> sources(stack, upload).anyMatch(it -> has(it, path)))
                .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
    }

    /** Returns the folders that the deployment uploads. */
    private static Stream<Path> sources(Synthesized stack, JsonNode upload) {
        return upload.path("SourceObjectKeys")
                .valueStream()
                .map(key -> "asset." + key.asText().replace(".zip", ""))
                .map(stack.file()::resolveSibling);
    }

    private static boolean has(Path folder, String path) {
        return Files.isRegularFile(folder.resolve(path.substring(1)));
    }

    /**
     * Returns the content of the bucket after the upload; the CDK's function replaces markers with
     * values.
     */
    private static byte[] uploaded(Synthesized stack, JsonNode upload, String path) {
        List<Path> sources = sources(stack, upload).toList();
        for (int i = 0; i < sources.size(); i++) {
            if (has(sources.get(i), path)) {
                String text = read(sources.get(i).resolve(path.substring(1)));
                for (Map.Entry<String, JsonNode> marker :
                        upload.path("SourceMarkers").path(i).properties()) {
                    text = text.replace(marker.getKey(), resolved(marker.getValue()));
                }
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(path + " is not uploaded");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Resolves an expression as CloudFormation does, with logical ids for the resources that it
     * creates.
     */
    private static String resolved(JsonNode value) {
        if (value.has("Fn::Join")) {
            return value.at("/Fn::Join/1")
                    .valueStream()
                    .map(PublicDocumentsTest::resolved)
                    .collect(Collectors.joining(value.at("/Fn::Join/0").asText()));
        }
        if (value.has("Fn::GetAtt")) {
            return value.at("/Fn::GetAtt/0").asText() + "." + value.at("/Fn::GetAtt/1").asText();
        }
        String ref = value.path("Ref").asText();
        return value.has("Ref") ? KNOWN.getOrDefault(ref, ref) : value.asText();
    }
}
