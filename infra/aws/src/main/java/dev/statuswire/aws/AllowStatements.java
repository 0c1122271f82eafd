package dev.statuswire.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Policy statements that allow named actions on one resource. */
final class AllowStatements {

    private AllowStatements() {}

    /** Allows actions of DynamoDB, given without their prefix. */
    static PolicyStatement table(String arn, String... actions) {
        return of("dynamodb:", arn, actions);
    }

    /**
     * Allows reading the stream of one table. An event source mapping needs all four actions. IAM
     * cannot restrict {@code ListStreams} to a single stream, only to the streams of a table.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html">IAM
     *     policy to allow an AWS Lambda function to access DynamoDB stream records</a>
     */
    static PolicyStatement streamOf(String tableArn) {
        return of(
                "dynamodb:",
                tableArn + "/stream/*",
                "DescribeStream",
                "GetRecords",
                "GetShardIterator",
                "ListStreams");
    }

    static PolicyStatement invoke(String functionArn) {
        return of("lambda:", functionArn, "InvokeFunction");
    }

    /** Allows actions of S3 on a bucket or its objects, given without their prefix. */
    static PolicyStatement bucket(String arn, String... actions) {
        return of("s3:", arn, actions);
    }

    static PolicyStatement send(String queueArn) {
        return of("sqs:", queueArn, "SendMessage");
    }

    /** Allows what an event source mapping requires of the role of its function. */
    static PolicyStatement receive(String queueArn) {
        return of("sqs:", queueArn, "ReceiveMessage", "DeleteMessage", "GetQueueAttributes");
    }

    /** Allows reading objects of S3. */
    static PolicyStatement read(String objectsArn) {
        return of("s3:", objectsArn, "GetObject");
    }

    /** Allows pushing to connections and closing them. */
    static PolicyStatement manageConnections(String arn) {
        return of("execute-api:", arn, "ManageConnections");
    }

    /** Allows writing log events to an existing log group. */
    static PolicyStatement log(String groupArn) {
        return of("logs:", groupArn, "CreateLogStream", "PutLogEvents");
    }

    /**
     * Allows sending traces. X-Ray permissions cannot be restricted to a resource.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html">Actions,
     *     resources, and condition keys for AWS X-Ray</a>
     */
    static PolicyStatement trace() {
        return of("xray:", "*", "PutTraceSegments", "PutTelemetryRecords");
    }

    private static PolicyStatement of(String prefix, String resource, String... actions) {
        return PolicyStatement.Builder.create()
                .actions(Stream.of(actions).map(action -> prefix + action).toList())
                .resources(List.of(resource))
                .build();
    }
}
