package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.codedeploy.AutoRollbackConfig;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * Deploys gradually: an alias routes 10 % of its invocations to a new version for five minutes,
 * then all of them. If an alarm goes off meanwhile, the alias returns to the old version, the
 * deployment of the stack fails, and CloudFormation rolls it back.
 *
 * <p>This applies to every function, because every caller uses the alias, including event source
 * mappings. During that time both versions work on the same tables, as in every deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-codedeploylambdaaliasupdate">UpdatePolicy:
 *     CodeDeployLambdaAliasUpdate</a>
 */
final class Rollout extends Construct {

    /**
     * @param alarms stop a deployment; must not depend on an alias, because the aliases depend on
     *     them
     */
    Rollout(Construct scope, List<JavaFunction> functions, List<Alarm> alarms) {
        super(scope, "Rollout");
        Role role =
                Role.Builder.create(this, "Role")
                        .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
                        .build();
        LambdaApplication application = LambdaApplication.Builder.create(this, "Functions").build();
        for (JavaFunction function : functions) {
            LambdaDeploymentGroup.Builder.create(this, function.getNode().getId())
                    .application(application)
                    .alias(function.alias())
                    .deploymentConfig(LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES)
                    .alarms(alarms)
                    .autoRollback(
                            AutoRollbackConfig.builder()
                                    .failedDeployment(true)
                                    .stoppedDeployment(true)
                                    .deploymentInAlarm(true)
                                    .build())
                    .role(role)
                    .build();
        }
        NagSuppressions.in(
                role,
                Map.of(
                        "AwsSolutions-IAM4",
                        "This is AWS's own policy for deployments of Lambda aliases with"
                                + " CodeDeploy."));
    }
}
