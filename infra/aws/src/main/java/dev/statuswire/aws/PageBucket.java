package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The bucket of the page's files and of the public documents. */
final class PageBucket {

    /** The CDK's name for the function that empties buckets. */
    private static final String EMPTIER = "Custom::S3AutoDeleteObjects";

    private PageBucket() {}

    /**
     * Creates the bucket.
     *
     * @param origins origins whose pages may read documents, in addition to the page's own
     */
    static Bucket create(Construct scope, List<String> origins) {
        Bucket bucket =
                Bucket.Builder.create(scope, "Files")
                        .cors(readers(origins))
                        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                        .encryption(BucketEncryption.S3_MANAGED)
                        .enforceSsl(true)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        // CloudFormation can only delete an empty bucket.
                        .autoDeleteObjects(true)
                        .build();
        NagSuppressions.in(
                bucket,
                Map.of(
                        "AwsSolutions-S1",
                        "Only CloudFront or API Gateway reads the bucket, and its content is"
                                + " public."));
        Stack.of(scope).getNode().getChildren().stream()
                .filter(child -> child.getNode().getId().startsWith(EMPTIER))
                .forEach(PageBucket::acceptFindings);
        return bucket;
    }

    /**
     * Allows preflight requests of browsers if a page of one of these origins reads a document with
     * a token. CloudFront adds the headers to the response, but the bucket has to allow the
     * request.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/header-caching.html#header-caching-web-cors">Configure
     *     CloudFront to respect CORS settings</a>
     */
    private static List<CorsRule> readers(List<String> origins) {
        return origins.isEmpty()
                ? List.of()
                : List.of(
                        CorsRule.builder()
                                .allowedOrigins(origins)
                                .allowedMethods(List.of(HttpMethods.GET, HttpMethods.HEAD))
                                .allowedHeaders(List.of("*"))
                                .build());
    }

    private static void acceptFindings(IConstruct emptier) {
        String reason =
                "This is the CDK's own function, which empties the bucket when the stack is"
                        + " deleted.";
        NagSuppressions.in(
                emptier,
                Map.of(
                        "AwsSolutions-IAM4", reason,
                        "AwsSolutions-L1", reason,
                        "Serverless-LambdaDLQ", reason,
                        "Serverless-LambdaTracing", reason));
    }
}
