package dev.statuswire.aws.preflight;

import dev.statuswire.core.settings.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS clients for the checks, in the region of the deployment. The creator must close them.
 *
 * @param acm in us-east-1, because CloudFront uses certificates of that region
 */
record PreflightClients(
        Region region,
        StsClient sts,
        CloudFormationClient cloudFormation,
        LambdaClient lambda,
        SsmClient ssm,
        AcmClient acm)
        implements AutoCloseable {

    private static final int ATTEMPTS = 3;
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(20);

    /**
     * Creates the clients.
     *
     * @param endpoint the endpoint of all services, which are then called with placeholder
     *     credentials; empty for AWS with the credentials that the SDK finds
     */
    static PreflightClients in(Region region, Optional<URI> endpoint) {
        return new PreflightClients(
                region,
                configured(StsClient.builder(), region, endpoint).build(),
                configured(CloudFormationClient.builder(), region, endpoint).build(),
                configured(LambdaClient.builder(), region, endpoint).build(),
                configured(SsmClient.builder(), region, endpoint).build(),
                configured(AcmClient.builder(), Region.US_EAST_1, endpoint).build());
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
            B builder, Region region, Optional<URI> endpoint) {
        return AwsClients.configure(builder, endpoint, ATTEMPTS, ATTEMPT, CALL).region(region);
    }

    @Override
    public void close() {
        sts.close();
        cloudFormation.close();
        lambda.close();
        ssm.close();
        acm.close();
    }
}
