package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Stores what Lambda could not process. A bucket stores each invocation record in full, with the
 * stream records in it. A queue has one message for each invocation record, until an operator has
 * handled it.
 *
 * <p>EventBridge sends these messages instead of S3, because S3 would first send a test message,
 * which would raise the alarm.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records for a DynamoDB event source</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Retain
 *     records of asynchronous invocations</a>
 */
final class FailureDestinations extends Construct {

    /** Also the maximum time that a queue keeps a message. */
    private static final Duration KEPT = Duration.days(14);

    /** Lambda writes all records under this prefix. */
    private static final String PREFIX = "aws/lambda/";

    private final Bucket records;
    private final Queue queue;

    FailureDestinations(Construct scope, DeployOptions options) {
        super(scope, "OnFailure");
        Bucket.Builder bucket =
                Bucket.Builder.create(this, "Records")
                        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                        .encryption(BucketEncryption.S3_MANAGED)
                        .enforceSsl(true)
                        .lifecycleRules(List.of(LifecycleRule.builder().expiration(KEPT).build()));
        records =
                (options.isTrial()
                                ? bucket.removalPolicy(RemovalPolicy.DESTROY)
                                        .autoDeleteObjects(true)
                                : bucket.removalPolicy(RemovalPolicy.RETAIN))
                        .build();
        queue =
                Queue.Builder.create(this, "Queue")
                        .encryption(QueueEncryption.SQS_MANAGED)
                        .enforceSsl(true)
                        .retentionPeriod(KEPT)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build();
        notifyQueue();
        acceptFindings();
    }

    private void notifyQueue() {
        if (records.getNode().getDefaultChild() instanceof CfnBucket bucket) {
            bucket.setNotificationConfiguration(
                    CfnBucket.NotificationConfigurationProperty.builder()
                            .eventBridgeConfiguration(
                                    CfnBucket.EventBridgeConfigurationProperty.builder()
                                            .eventBridgeEnabled(true)
                                            .build())
                            .build());
        }
        Rule notification =
                Rule.Builder.create(this, "Told")
                        .description(
                                "Statuswire: sends a message for each stored invocation record")
                        .eventPattern(
                                EventPattern.builder()
                                        .source(List.of("aws.s3"))
                                        .detailType(List.of("Object Created"))
                                        .detail(
                                                Map.of(
                                                        "bucket",
                                                        Map.of(
                                                                "name",
                                                                List.of(records.getBucketName()))))
                                        .build())
                        .targets(List.of(new SqsQueue(queue)))
                        .build();
        NagSuppressions.in(
                notification,
                Map.of(
                        "Serverless-EventBusDLQ",
                        "The target is the failure queue; the record stays in the bucket."));
    }

    private void acceptFindings() {
        String read =
                "This is the queue for failures; operators read it, see docs/guide/operate.md.";
        NagSuppressions.in(
                queue, Map.of("AwsSolutions-SQS3", read, "Serverless-SQSRedrivePolicy", read));
        NagSuppressions.in(
                records,
                Map.of(
                        "AwsSolutions-S1",
                        "Only Lambda writes to it, one object per failure, and only operators read"
                                + " it."));
    }

    /**
     * Returns the statements that the role of a function needs so that Lambda can store the
     * function's records here.
     */
    PolicyStatement[] permissions() {
        return new PolicyStatement[] {
            AllowStatements.bucket(records.getBucketArn() + "/" + PREFIX + "*", "PutObject"),
            AllowStatements.bucket(records.getBucketArn(), "ListBucket")
        };
    }

    Bucket records() {
        return records;
    }

    Queue queue() {
        return queue;
    }
}
