package dev.statuswire.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Statements that allow named actions on one named thing. */
final class AllowStatements {

    private AllowStatements() {}

    /** Actions of DynamoDB, without their prefix. */
    static PolicyStatement table(String arn, String... actions) {
        return of("dynamodb:", arn, actions);
    }

    /**
     * To read a table's stream, and no other. An event source mapping needs all four actions, and
     * {@code ListStreams} is allowed on streams of a table, not on one.
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

    /** Actions of S3 on a bucket or its objects, without their prefix. */
    static PolicyStatement bucket(String arn, String... actions) {
        return of("s3:", arn, actions);
    }

    static PolicyStatement send(String queueArn) {
        return of("sqs:", queueArn, "SendMessage");
    }

    /** What an event source mapping needs of its function's role. */
    static PolicyStatement receive(String queueArn) {
        return of("sqs:", queueArn, "ReceiveMessage", "DeleteMessage", "GetQueueAttributes");
    }

    /** To read objects of S3. */
    static PolicyStatement read(String objectsArn) {
        return of("s3:", objectsArn, "GetObject");
    }

    /** To push to connections, and to close them. */
    static PolicyStatement manageConnections(String arn) {
        return of("execute-api:", arn, "ManageConnections");
    }

    /** To write log events into a group that is there. */
    static PolicyStatement log(String groupArn) {
        return of("logs:", groupArn, "CreateLogStream", "PutLogEvents");
    }

    /**
     * To hand over traces, which X-Ray ties to nothing that could be named.
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
