package dev.statuswire.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A Lambda function with the settings that all functions share: Java 25 on arm64, SnapStart, its
 * own log group and its own role. SnapStart restores published versions only, so every caller uses
 * the alias {@value #ALIAS}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Improving startup
 *     performance with Lambda SnapStart</a>
 */
final class JavaFunction extends Construct {

    static final String ALIAS = "live";

    private final Function function;
    private final Alias alias;

    JavaFunction(
            Construct scope,
            String id,
            FunctionSettings settings,
            String codePath,
            List<? extends ILayerVersion> layers,
            boolean reservesConcurrency) {
        super(scope, id);
        LogGroup logs = LogGroups.create(this, "Logs");
        Function.Builder builder =
                Function.Builder.create(this, "Function")
                        .description("Statuswire: " + id)
                        .runtime(Runtime.JAVA_25)
                        .architecture(Architecture.ARM_64)
                        .code(Code.fromAsset(codePath))
                        .handler(settings.handler)
                        .layers(layers)
                        .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                        .memorySize(FunctionSettings.MEMORY_MEGABYTES)
                        .timeout(Duration.seconds(settings.timeOut.toSeconds()))
                        .environment(settings.environment)
                        // The role contains all permissions; the CDK must not add any.
                        .role(role(settings, logs).withoutPolicyUpdates())
                        .tracing(Tracing.ACTIVE)
                        .logGroup(logs)
                        .loggingFormat(LoggingFormat.JSON)
                        .applicationLogLevelV2(ApplicationLogLevel.INFO)
                        // The least verbose level that still logs platform.report.
                        .systemLogLevelV2(SystemLogLevel.INFO);
        if (reservesConcurrency) {
            settings.mostAtOnce.ifPresent(builder::reservedConcurrentExecutions);
        }
        function = builder.build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish",
                        "Every caller invokes a published version, through the alias.");
        NagSuppressions.in(
                function,
                Map.of(
                        "Serverless-LambdaDLQ",
                        "A lost asynchronous event has no effect: the sweeper offers its request"
                                + " again."));
        alias =
                Alias.Builder.create(this, "Alias")
                        .aliasName(ALIAS)
                        .version(function.getCurrentVersion())
                        .build();
    }

    private Role role(FunctionSettings settings, LogGroup logs) {
        var statements = new ArrayList<>(settings.permissions);
        statements.add(AllowStatements.log(logs.getLogGroupArn()));
        statements.add(AllowStatements.trace());
        Role role =
                Role.Builder.create(this, "Role")
                        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                        .inlinePolicies(
                                Map.of(
                                        "Allowed",
                                        PolicyDocument.Builder.create()
                                                .statements(statements)
                                                .build()))
                        .build();
        NagSuppressions.in(
                role,
                Map.of(
                        "AwsSolutions-IAM5",
                        "X-Ray permissions cannot be restricted to a resource, API Gateway names"
                                + " connections when they open, and Lambda names the records of failures.",
                        "Serverless-LambdaStarPermissions",
                        "X-Ray permissions cannot be restricted to a resource."));
        return role;
    }

    /** Returns the function, for its metrics. */
    Function function() {
        return function;
    }

    /**
     * Returns the ARN of the alias, built from the ARN of the function, so that a resource that
     * uses it does not depend on the alias.
     */
    String aliasArn() {
        return function.getFunctionArn() + ":" + ALIAS;
    }

    /** Returns the alias, for invocations. */
    Alias alias() {
        return alias;
    }
}
