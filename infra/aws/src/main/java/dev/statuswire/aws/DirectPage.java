package dev.statuswire.aws;

import dev.statuswire.aws.door.GatewayResponse;
import dev.statuswire.core.settings.PageSecurityPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.services.apigateway.AwsIntegration;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.IntegrationResponse;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.MethodResponse;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * Serves the page from the REST API's own host, for a trial in an account for which CloudFront is
 * not available yet. API Gateway reads the files from the bucket; live sockets use a different
 * host.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html">Create
 *     a REST API as an Amazon S3 proxy</a>
 */
final class DirectPage extends Construct {

    /** The files of the page; {@code {file}} matches any file in that folder. */
    private static final List<String> FILES =
            List.of("favicon.svg", "assets/{file}", "client/{file}");

    private static final String FILE = "{file}";

    /**
     * The response header in which S3 returns the metadata that a file is stored with, such as
     * {@value #POLICY}.
     */
    private static final String STORED = "integration.response.header.x-amz-meta-";

    /**
     * Stored as metadata because its value contains single quotes, which a literal in a mapping of
     * API Gateway cannot contain.
     */
    private static final String POLICY = "content-security-policy";

    private static final String RESPONSE = "method.response.header.";

    private final DeployOptions options;
    private final RestApiResources rest;
    private final LiveApi live;
    private final List<String> loginOrigins;
    private final Bucket bucket;
    private final Role role;

    DirectPage(
            Construct scope,
            DeployOptions options,
            RestApiResources rest,
            LiveApi live,
            LoginProvider login) {
        super(scope, "Page");
        this.options = options;
        this.rest = rest;
        this.live = live;
        this.loginOrigins = login.origins();
        bucket = PageBucket.create(this, List.of());
        role =
                Role.Builder.create(this, "Reader")
                        .assumedBy(new ServicePrincipal("apigateway.amazonaws.com"))
                        .inlinePolicies(
                                Map.of(
                                        "Allowed",
                                        PolicyDocument.Builder.create()
                                                .statements(
                                                        List.of(
                                                                AllowStatements.read(
                                                                        bucket.arnForObjects("*"))))
                                                .build()))
                        .build();
        NagSuppressions.in(
                role,
                Map.of(
                        "AwsSolutions-IAM5",
                        "The role reads every file of the page, whatever its name."));
    }

    /**
     * Adds the page and the public documents to the REST API.
     *
     * @param notFound the response if a file does not exist
     */
    void open(GatewayResponse notFound) {
        IResource root = rest.api().getRoot();
        add(root, "index.html", notFound);
        add(rest.at("l/{secret}"), PageDistribution.LINK_PAGE, notFound);
        Stream.concat(FILES.stream(), PublicDocuments.PATHS.stream().map(path -> path.substring(1)))
                .forEach(file -> add(rest.at(file), file, notFound));
    }

    private void add(IResource resource, String file, GatewayResponse notFound) {
        boolean isAny = file.endsWith(FILE);
        RestApiResources.acceptNoToken(
                resource.addMethod(
                        "GET",
                        AwsIntegration.Builder.create()
                                .service("s3")
                                .integrationHttpMethod("GET")
                                .path(bucket.getBucketName() + "/" + file)
                                .options(
                                        IntegrationOptions.builder()
                                                .credentialsRole(role)
                                                .requestParameters(
                                                        isAny
                                                                ? Map.of(
                                                                        "integration.request.path.file",
                                                                        "method.request.path.file")
                                                                : Map.of())
                                                .integrationResponses(
                                                        List.of(found(), missing(notFound)))
                                                .build())
                                .build(),
                        MethodOptions.builder()
                                .authorizationType(
                                        MethodAuthorization.none().getAuthorizationType())
                                .requestParameters(
                                        isAny ? Map.of("method.request.path.file", true) : Map.of())
                                .methodResponses(
                                        List.of(
                                                declared("200", headers()),
                                                declared("404", refusal(notFound))))
                                .build()));
    }

    private static IntegrationResponse found() {
        return IntegrationResponse.builder()
                .statusCode("200")
                .selectionPattern("200")
                .responseParameters(headers())
                .build();
    }

    private static IntegrationResponse missing(GatewayResponse notFound) {
        return IntegrationResponse.builder()
                .statusCode("404")
                .responseParameters(refusal(notFound))
                .responseTemplates(Map.of("application/json", notFound.template()))
                .build();
    }

    private static Map<String, String> refusal(GatewayResponse notFound) {
        return DirectIntegrations.quoted(notFound.headers(), RESPONSE);
    }

    /**
     * Returns the headers that CloudFront would add, and those that are stored with the files in
     * the bucket.
     */
    private static Map<String, String> headers() {
        var fixed = new HashMap<>(PageSecurityPolicy.ISOLATION);
        fixed.put("X-Content-Type-Options", "nosniff");
        fixed.put("X-Frame-Options", "DENY");
        fixed.put("Referrer-Policy", "no-referrer");
        fixed.put("Strict-Transport-Security", "max-age=31536000");
        var headers = new HashMap<>(DirectIntegrations.quoted(fixed, RESPONSE));
        for (String stored : List.of("Content-Type", "Cache-Control")) {
            headers.put(RESPONSE + stored, "integration.response.header." + stored);
        }
        headers.put(RESPONSE + "Content-Security-Policy", STORED + POLICY);
        return headers;
    }

    private static MethodResponse declared(String status, Map<String, String> headers) {
        return MethodResponse.builder()
                .statusCode(status)
                .responseParameters(
                        headers.keySet().stream()
                                .collect(Collectors.toMap(name -> name, _ -> true)))
                .build();
    }

    /**
     * Returns the site below the name of the stage. The Content-Security-Policy with the API's
     * hosts is stored in the bucket.
     */
    PageSite site() {
        return new PageSite(
                bucket,
                "https://" + rest.host(),
                "/" + options.stage(),
                "wss://" + live.host() + "/" + LiveApi.STAGE,
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        POLICY,
                        PageSecurityPolicy.contentSecurity(
                                Stream.concat(
                                                loginOrigins.stream(),
                                                Stream.of("wss://" + live.host()))
                                        .toList())));
    }
}
