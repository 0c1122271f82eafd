package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.ISource;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Uploads the page. What has a hash in its name is kept by browsers for good, and old ones stay for
 * pages that are still open; everything else is asked for again each time.
 */
final class PageFiles extends Construct {

    private static final String HASHED = "assets/*";

    /** How the CDK calls the function that uploads. */
    private static final String UPLOADER = "Custom::CDKBucketDeployment";

    PageFiles(Construct scope, Bucket bucket, String folder) {
        super(scope, "PageFiles");
        ISource files = Source.asset(folder);
        BucketDeployment assets =
                deployment("Assets", bucket, files)
                        .exclude(List.of("*"))
                        .include(List.of(HASHED))
                        .cacheControl(
                                List.of(
                                        CacheControl.fromString(
                                                "public, max-age=31536000, immutable")))
                        .prune(false)
                        .build();
        BucketDeployment rest =
                deployment("Rest", bucket, files)
                        .exclude(List.of(HASHED))
                        .cacheControl(List.of(CacheControl.fromString("no-cache")))
                        .build();
        // The page names assets, so they come first.
        rest.getNode().addDependency(assets);
        Stack.of(this).getNode().getChildren().stream()
                .filter(child -> child.getNode().getId().startsWith(UPLOADER))
                .forEach(PageFiles::acceptFindings);
    }

    private static void acceptFindings(IConstruct uploader) {
        String reason = "The CDK's own function, which runs while the stack is deployed.";
        Accepted.in(
                uploader,
                Map.of(
                        "AwsSolutions-IAM4", reason,
                        "AwsSolutions-IAM5", reason,
                        "AwsSolutions-L1", reason,
                        "Serverless-LambdaDLQ", reason,
                        "Serverless-LambdaLatestVersion", reason,
                        "Serverless-LambdaTracing", reason));
    }

    private BucketDeployment.Builder deployment(String id, Bucket bucket, ISource files) {
        return BucketDeployment.Builder.create(this, id)
                .destinationBucket(bucket)
                .sources(List.of(files))
                .memoryLimit(512)
                // So that the bucket is empty when the stack goes, and can go with it.
                .retainOnDelete(false);
    }
}
