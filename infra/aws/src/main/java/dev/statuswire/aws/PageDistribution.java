package dev.statuswire.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.S3OriginAccessControl;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The page on S3 behind CloudFront, with the API and the live sockets behind the same host, so that
 * all of them have the same origin.
 */
final class PageDistribution extends Construct {

    /** More than the 29 s after which API Gateway times out. */
    private static final Duration LONGEST_ANSWER = Duration.seconds(30);

    /**
     * The error statuses that CloudFront by default caches for 10 s regardless of {@code
     * Cache-Control}. It would serve these errors to other callers.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
     *     CloudFront processes HTTP 4xx and 5xx status codes from your origin</a>
     */
    private static final List<Integer> CACHED_ERRORS =
            List.of(404, 405, 414, 500, 501, 502, 503, 504);

    /** The client module, which third-party pages import. */
    private static final String CLIENT = "/client/*";

    /** The pages of links. */
    private static final String LINKS = "/l/*";

    /** The file that is served for every link. */
    static final String LINK_PAGE = "l/index.html";

    private final DeployOptions options;
    private final Bucket bucket;
    private final IOrigin files;
    private final Distribution distribution;

    PageDistribution(
            Construct scope,
            DeployOptions options,
            RestApiResources rest,
            LiveApi live,
            LoginProvider login,
            Optional<Firewall> firewall) {
        super(scope, "Page");
        this.options = options;
        bucket = PageBucket.create(this, options.allowedOrigins());
        files = S3BucketOrigin.withOriginAccessControl(bucket, access());
        var headers = new ResponseHeaders(this, login.origins());
        Distribution.Builder builder =
                Distribution.Builder.create(this, "Distribution")
                        .comment(options.stackName())
                        .defaultRootObject("index.html")
                        .defaultBehavior(files(headers.ofPage()).build())
                        .additionalBehaviors(behaviors(rest, live, headers, firewall))
                        .errorResponses(
                                CACHED_ERRORS.stream().map(PageDistribution::uncached).toList())
                        .httpVersion(HttpVersion.HTTP2_AND_3)
                        .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
                        .priceClass(PriceClass.PRICE_CLASS_100);
        options.domain()
                .ifPresent(
                        domain ->
                                builder.domainNames(List.of(domain.name()))
                                        .certificate(
                                                Certificate.fromCertificateArn(
                                                        this,
                                                        "Certificate",
                                                        domain.certificateArn())));
        distribution = builder.build();
        acceptFindings();
    }

    private S3BucketOriginWithOACProps access() {
        return S3BucketOriginWithOACProps.builder()
                .originAccessControl(
                        S3OriginAccessControl.Builder.create(this, "Access")
                                .originAccessControlName(GlobalName.of(this, "page"))
                                .build())
                .build();
    }

    private static ErrorResponse uncached(int status) {
        return ErrorResponse.builder().httpStatus(status).ttl(Duration.seconds(0)).build();
    }

    private void acceptFindings() {
        NagSuppressions.in(
                distribution,
                Map.of(
                        "AwsSolutions-CFR1",
                        "The operator decides whether to restrict the countries of the users.",
                        "AwsSolutions-CFR2",
                        "--firewall puts a web ACL in front of the API, which also receives calls"
                                + " without CloudFront; the files of the page are public and"
                                + " cached.",
                        "AwsSolutions-CFR3",
                        "The log would contain paths and query strings, and thus the secrets of"
                                + " links and the tickets for live sockets; API Gateway logs the"
                                + " calls without them.",
                        "AwsSolutions-CFR4",
                        "Without --domain, the certificate and the TLS versions are CloudFront's"
                                + " defaults; with --domain, TLS 1.2 is the minimum."));
    }

    private BehaviorOptions.Builder files(ResponseHeadersPolicy headers) {
        return BehaviorOptions.builder()
                .origin(files)
                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                .responseHeadersPolicy(headers);
    }

    private Map<String, BehaviorOptions> behaviors(
            RestApiResources rest,
            LiveApi live,
            ResponseHeaders headers,
            Optional<Firewall> firewall) {
        var behaviors = new HashMap<String, BehaviorOptions>();
        behaviors.put(CLIENT, files(headers.ofClient()).build());
        behaviors.put(
                LINKS,
                files(headers.ofPage())
                        .functionAssociations(
                                ViewerFunction.create(
                                        this,
                                        "LinkPage",
                                        "serves the page of a link",
                                        "if (/^\\/l\\/[^/]+$/.test(request.uri)) { request.uri = '/%s'; }"
                                                .formatted(LINK_PAGE)))
                        .build());
        ResponseHeadersPolicy ofCalls = headers.ofCalls(options.allowedOrigins());
        BehaviorOptions documents =
                files(ofCalls)
                        .allowedMethods(AllowedMethods.ALLOW_GET_HEAD_OPTIONS)
                        .originRequestPolicy(OriginRequestPolicy.CORS_S3_ORIGIN)
                        .build();
        PublicDocuments.PATHS.forEach(path -> behaviors.put(path, documents));
        IOrigin api =
                origin(
                        rest.host(),
                        "/" + options.stage(),
                        firewall.map(Firewall::ofCloudFront).orElse(Map.of()));
        BehaviorOptions calls =
                passedOn(api)
                        .responseHeadersPolicy(ofCalls)
                        .functionAssociations(firewall.map(Firewall::viewers).orElse(List.of()))
                        .build();
        ApiPaths.PATTERNS.forEach(pattern -> behaviors.put(pattern, calls));
        behaviors.put("/" + LiveApi.STAGE, passedOn(origin(live.host(), "", Map.of())).build());
        return behaviors;
    }

    private static IOrigin origin(String host, String path, Map<String, String> headers) {
        return HttpOrigin.Builder.create(host)
                .originPath(path)
                .customHeaders(headers)
                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                .readTimeout(LONGEST_ANSWER)
                .build();
    }

    /**
     * Forwards calls without caching, and without compression, which would make strong entity tags
     * weak.
     */
    private static BehaviorOptions.Builder passedOn(IOrigin origin) {
        return BehaviorOptions.builder()
                .origin(origin)
                .allowedMethods(AllowedMethods.ALLOW_ALL)
                .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                .cachePolicy(CachePolicy.CACHING_DISABLED)
                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                .compress(false);
    }

    /** Returns the site, with the page at the root of its host. CloudFront adds the headers. */
    PageSite site() {
        String host =
                options.domain()
                        .map(DeployOptions.OwnDomain::name)
                        .orElseGet(distribution::getDistributionDomainName);
        return new PageSite(
                bucket,
                "https://" + host,
                "",
                "wss://" + host + "/" + LiveApi.STAGE,
                Optional.of(distribution.getDistributionDomainName()),
                Optional.of(distribution.getDistributionId()),
                Map.of());
    }
}
