package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.ISource;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.constructs.Construct;
import software.constructs.IConstruct;
import software.constructs.IDependable;

/**
 * Uploads the page, and the documents beside it. What has a hash in its name is kept by browsers
 * for good, and old ones stay for pages that are still open; everything else is asked for again
 * each time.
 */
final class PageUpload extends Construct {

    private static final String HASHED = "assets/*";

    /** How the CDK calls the function that uploads. */
    private static final String UPLOADER = "Custom::CDKBucketDeployment";

    /**
     * @param folder the page's files
     * @param accepting what has to be deployed before the page and the documents speak of it
     */
    PageUpload(
            Construct scope,
            PageSite site,
            String folder,
            PublicDocuments documents,
            IDependable accepting) {
        super(scope, "PageFiles");
        Bucket bucket = site.bucket();
        List<ISource> files = List.of(Source.asset(folder));
        BucketDeployment assets =
                deployment("Assets", bucket, files, "public, max-age=31536000, immutable")
                        .exclude(List.of("*"))
                        .include(List.of(HASHED))
                        .metadata(site.metadata())
                        .prune(false)
                        .build();
        BucketDeployment json =
                documents("Documents", bucket, documents.json(), "application/json");
        BucketDeployment yaml =
                documents("Contracts", bucket, documents.yaml(), "application/yaml");
        BucketDeployment rest =
                deployment("Rest", bucket, files, "no-cache")
                        .exclude(notOfTheRest())
                        .metadata(site.metadata())
                        .build();
        json.getNode().addDependency(accepting);
        yaml.getNode().addDependency(accepting);
        // The page names assets and reads documents, so they come first.
        rest.getNode().addDependency(assets, json, yaml);
        Stack.of(this).getNode().getChildren().stream()
                .filter(child -> child.getNode().getId().startsWith(UPLOADER))
                .forEach(PageUpload::acceptFindings);
    }

    private static void acceptFindings(IConstruct uploader) {
        String reason = "The CDK's own function, which runs while the stack is deployed.";
        NagSuppressions.in(
                uploader,
                Map.of(
                        "AwsSolutions-IAM4", reason,
                        "AwsSolutions-IAM5", reason,
                        "AwsSolutions-L1", reason,
                        "Serverless-LambdaDLQ", reason,
                        "Serverless-LambdaLatestVersion", reason,
                        "Serverless-LambdaTracing", reason));
    }

    /** What "Rest" neither uploads nor deletes. */
    private static List<String> notOfTheRest() {
        return Stream.concat(
                        Stream.of(HASHED),
                        PublicDocuments.PATHS.stream().map(it -> it.substring(1)))
                .toList();
    }

    /** With the headers that the API function gives them. */
    private BucketDeployment documents(
            String id, Bucket bucket, Map<String, String> texts, String mediaType) {
        return deployment(id, bucket, PublicDocuments.sources(texts), "no-store")
                .contentType(mediaType)
                .prune(false)
                .build();
    }

    private BucketDeployment.Builder deployment(
            String id, Bucket bucket, List<ISource> sources, String cacheControl) {
        return BucketDeployment.Builder.create(this, id)
                .destinationBucket(bucket)
                .sources(sources)
                .cacheControl(List.of(CacheControl.fromString(cacheControl)))
                .memoryLimit(512);
    }
}
