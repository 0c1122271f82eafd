package dev.statuswire.aws;

import java.util.List;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Creates log groups with a retention. AWS would otherwise create missing groups on the first write
 * and keep their events indefinitely.
 */
final class LogGroups {

    private static final RetentionDays KEPT = RetentionDays.ONE_MONTH;

    private LogGroups() {}

    /** Creates a group whose name CloudFormation chooses. */
    static LogGroup create(Construct scope, String id) {
        return builder(scope, id).build();
    }

    private static LogGroup.Builder builder(Construct scope, String id) {
        return LogGroup.Builder.create(scope, id)
                .retention(KEPT)
                .removalPolicy(RemovalPolicy.DESTROY);
    }

    /**
     * Creates the group for the execution logs of a REST API before the stage that writes to it.
     * API Gateway determines the name of the group.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">Set
     *     up CloudWatch logging for REST APIs</a>
     */
    static void ofExecutions(Construct scope, RestApi api, String stage) {
        LogGroup group =
                builder(scope, "ExecutionLogs")
                        .logGroupName(
                                "API-Gateway-Execution-Logs_" + api.getRestApiId() + "/" + stage)
                        .build();
        api.getDeploymentStage().getNode().addDependency(group);
    }

    /**
     * Gives a log group to each function of the stack that has none. These are the functions of the
     * CDK's custom resources. Must be called when the stack is complete.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html">Configuring
     *     CloudWatch log groups</a>
     */
    static void complete(Stack stack) {
        List.copyOf(stack.getNode().findAll()).stream()
                .filter(CfnResource.class::isInstance)
                .map(CfnResource.class::cast)
                .filter(it -> it.getCfnResourceType().equals(CfnFunction.CFN_RESOURCE_TYPE_NAME))
                .filter(it -> !(it instanceof CfnFunction own && own.getLoggingConfig() != null))
                .forEach(it -> give(stack, it));
    }

    private static void give(Stack stack, CfnResource function) {
        LogGroup group = create(stack, "LogsOf" + function.getNode().getAddr());
        function.addPropertyOverride("LoggingConfig.LogGroup", group.getLogGroupName());
    }
}
