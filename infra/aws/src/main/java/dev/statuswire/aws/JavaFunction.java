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
 * A function as all of ours are: Java 25 on arm64, restored from a snapshot of its published
 * version ({@code SnapStart}), so that everything calls it by the alias {@value #ALIAS}; a log
 * group and a role of its own.
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
                        // What it may do stands in the role; the CDK is not to add to it.
                        .role(role(settings, logs).withoutPolicyUpdates())
                        .tracing(Tracing.ACTIVE)
                        .logGroup(logs)
                        .loggingFormat(LoggingFormat.JSON)
                        .applicationLogLevelV2(ApplicationLogLevel.INFO)
                        // The least that keeps platform.report: duration, memory, restore time.
                        .systemLogLevelV2(SystemLogLevel.INFO);
        if (reservesConcurrency) {
            settings.mostAtOnce.ifPresent(builder::reservedConcurrentExecutions);
        }
        function = builder.build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish",
                        "Everything calls a published version, by the alias.");
        NagSuppressions.in(
                function,
                Map.of(
                        "Serverless-LambdaDLQ",
                        "An event of an asynchronous call that is lost is no loss: the sweeper does"
                                + " the same again."));
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
                        "Traces are tied to nothing that could be named, live connections are"
                                + " named by API Gateway when they are opened, and Lambda names"
                                + " the records of failures.",
                        "Serverless-LambdaStarPermissions",
                        "Traces are tied to nothing that could be named."));
        return role;
    }

    /** To be measured. */
    Function function() {
        return function;
    }

    /**
     * The ARN of the alias, made of the function's, so that whoever needs it does not wait for the
     * alias.
     */
    String aliasArn() {
        return function.getFunctionArn() + ":" + ALIAS;
    }

    /** To be called. */
    Alias alias() {
        return alias;
    }
}
