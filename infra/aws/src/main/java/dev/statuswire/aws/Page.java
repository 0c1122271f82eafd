package dev.statuswire.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.constructs.Construct;

/**
 * The page on S3 behind CloudFront, with the API and the live sockets behind the same host, so that
 * they are of one origin.
 */
final class Page extends Construct {

    /** More than the 29 s that API Gateway takes at most. */
    private static final Duration LONGEST_ANSWER = Duration.seconds(30);

    /** The module that pages of others import. */
    private static final String CLIENT = "/client/*";

    private final Options options;
    private final Bucket bucket;
    private final Distribution distribution;

    Page(Construct scope, Options options, RestDoor rest, LiveApi live, Login login) {
        super(scope, "Page");
        this.options = options;
        bucket =
                Bucket.Builder.create(this, "Files")
                        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                        .encryption(BucketEncryption.S3_MANAGED)
                        .enforceSsl(true)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build();
        var headers = new AnswerHeaders(this, login.origins());
        Distribution.Builder builder =
                Distribution.Builder.create(this, "Distribution")
                        .comment(options.stackName())
                        .defaultRootObject("index.html")
                        .defaultBehavior(files(headers.ofPage()))
                        .additionalBehaviors(behaviors(rest, live, headers))
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

    private void acceptFindings() {
        Accepted.in(
                bucket,
                Map.of(
                        "AwsSolutions-S1",
                        "Only CloudFront reads it, and what is in it everybody may read."));
        Accepted.in(
                distribution,
                Map.of(
                        "AwsSolutions-CFR1",
                        "Where its users are is not for this project to say.",
                        "AwsSolutions-CFR2",
                        "A firewall costs by the month whatever happens; one can be put in front.",
                        "AwsSolutions-CFR3",
                        "The log would have the query strings, and in them the tickets for live"
                                + " sockets; API Gateway logs calls without them.",
                        "AwsSolutions-CFR4",
                        "Without a domain of one's own the certificate is CloudFront's, and so is"
                                + " the choice of protocols; with one it is TLS 1.2 or later."));
    }

    private BehaviorOptions files(ResponseHeadersPolicy headers) {
        return BehaviorOptions.builder()
                .origin(S3BucketOrigin.withOriginAccessControl(bucket))
                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                .responseHeadersPolicy(headers)
                .build();
    }

    private Map<String, BehaviorOptions> behaviors(
            RestDoor rest, LiveApi live, AnswerHeaders headers) {
        var behaviors = new HashMap<String, BehaviorOptions>();
        behaviors.put(CLIENT, files(headers.ofClient()));
        IOrigin api = origin(rest.host(), "/" + options.stage());
        BehaviorOptions calls =
                passedOn(api)
                        .responseHeadersPolicy(headers.ofCalls(options.allowedOrigins()))
                        .build();
        ApiPaths.PATTERNS.forEach(pattern -> behaviors.put(pattern, calls));
        behaviors.put("/" + LiveApi.STAGE, passedOn(origin(live.host(), "")).build());
        return behaviors;
    }

    private static IOrigin origin(String host, String path) {
        return HttpOrigin.Builder.create(host)
                .originPath(path)
                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                .readTimeout(LONGEST_ANSWER)
                .build();
    }

    /** Nothing is kept, and nothing compressed: an entity tag would become a weak one. */
    private static BehaviorOptions.Builder passedOn(IOrigin origin) {
        return BehaviorOptions.builder()
                .origin(origin)
                .allowedMethods(AllowedMethods.ALLOW_ALL)
                .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                .cachePolicy(CachePolicy.CACHING_DISABLED)
                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                .compress(false);
    }

    String distributionId() {
        return distribution.getDistributionId();
    }

    Bucket bucket() {
        return bucket;
    }

    /** The host that people call. */
    String host() {
        return options.domain()
                .map(Options.OwnDomain::name)
                .orElseGet(distribution::getDistributionDomainName);
    }

    /** The page's origin, which is its address without the slash at the end. */
    String origin() {
        return "https://" + host();
    }

    /** What a domain of one's own is to be an alias of. */
    String cloudFrontHost() {
        return distribution.getDistributionDomainName();
    }
}
