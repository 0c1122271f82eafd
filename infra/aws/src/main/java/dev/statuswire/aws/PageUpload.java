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
 * Uploads the files of the page and the public documents. Browsers cache files with a hash in their
 * names indefinitely, and old versions of these files stay for pages that are still open. Browsers
 * revalidate all other files each time.
 */
final class PageUpload extends Construct {

    private static final String HASHED = "assets/*";

    /** The CDK's name for the function that uploads. */
    private static final String UPLOADER = "Custom::CDKBucketDeployment";

    /**
     * @param folder the folder with the files of the page
     * @param accepting what must be deployed before the page and the documents refer to it
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
        // The page refers to the assets and reads the documents, so they are uploaded first.
        rest.getNode().addDependency(assets, json, yaml);
        Stack.of(this).getNode().getChildren().stream()
                .filter(child -> child.getNode().getId().startsWith(UPLOADER))
                .forEach(PageUpload::acceptFindings);
    }

    private static void acceptFindings(IConstruct uploader) {
        String reason =
                "This is the CDK's own function, which runs only while the stack is deployed.";
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

    /** Returns the files that "Rest" neither uploads nor deletes. */
    private static List<String> notOfTheRest() {
        return Stream.concat(
                        Stream.of(HASHED),
                        PublicDocuments.PATHS.stream().map(it -> it.substring(1)))
                .toList();
    }

    /** Uploads documents with the headers that the API function sends. */
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
