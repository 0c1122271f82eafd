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
 * Gradual deployments: an alias gives a new version 10 % of its invocations for five minutes, and
 * all of them after that. An alarm that is raised meanwhile takes the alias back to the old version
 * and makes the deployment of the stack fail, which CloudFormation then rolls back.
 *
 * <p>Every function takes part: whatever invokes one does so through its alias, event source
 * mappings too. Both versions work on the same tables meanwhile, as they do in every deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-codedeploylambdaaliasupdate">UpdatePolicy:
 *     CodeDeployLambdaAliasUpdate</a>
 */
final class Rollout extends Construct {

    /**
     * @param alarms that stop a deployment; none may depend on an alias, since the aliases depend
     *     on them
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
                        "AWS's own policy for what CodeDeploy does with Lambda aliases."));
    }
}
