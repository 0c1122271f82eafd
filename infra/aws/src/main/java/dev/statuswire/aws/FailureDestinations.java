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
 * What Lambda could not process. A bucket keeps each invocation record whole, with the stream's
 * records in it; a queue has a message for each, until a person has seen to it.
 *
 * <p>EventBridge, and not S3 itself, tells the queue: S3 would send a test message first, and that
 * would raise the alarm.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records for a DynamoDB event source</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Retain
 *     records of asynchronous invocations</a>
 */
final class FailureDestinations extends Construct {

    /** Also the longest that a queue keeps a message. */
    private static final Duration KEPT = Duration.days(14);

    /** Lambda puts all its records under this prefix. */
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
                (options.isForTrying()
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
        tellQueue();
        acceptFindings();
    }

    private void tellQueue() {
        if (records.getNode().getDefaultChild() instanceof CfnBucket bucket) {
            bucket.setNotificationConfiguration(
                    CfnBucket.NotificationConfigurationProperty.builder()
                            .eventBridgeConfiguration(
                                    CfnBucket.EventBridgeConfigurationProperty.builder()
                                            .eventBridgeEnabled(true)
                                            .build())
                            .build());
        }
        Rule told =
                Rule.Builder.create(this, "Told")
                        .description("Statuswire: tells the queue of each kept invocation record")
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
                told,
                Map.of(
                        "Serverless-EventBusDLQ",
                        "Its target is the queue for failures; the record stays in the bucket."));
    }

    private void acceptFindings() {
        String read = "It is where failures end up; people read it, see docs/guide/operate.md.";
        NagSuppressions.in(
                queue, Map.of("AwsSolutions-SQS3", read, "Serverless-SQSRedrivePolicy", read));
        NagSuppressions.in(
                records,
                Map.of(
                        "AwsSolutions-S1",
                        "Only Lambda writes to it, a failure at a time, and people read it."));
    }

    /** What a function's role needs so that Lambda can put the function's records here. */
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
