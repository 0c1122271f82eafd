package dev.statuswire.aws;

import java.util.List;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.ISource;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.constructs.Construct;

/**
 * Uploads the page. What has a hash in its name is kept by browsers for good, and old ones stay for
 * pages that are still open; everything else is asked for again each time.
 */
final class PageFiles extends Construct {

    private static final String HASHED = "assets/*";

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
