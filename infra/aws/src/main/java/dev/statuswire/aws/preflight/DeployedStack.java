package dev.statuswire.aws.preflight;

import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The stack of that name that is in the account and region, if there is one. */
record DeployedStack(AwsServices services, String name) {

    /** The stack; empty if there is none. */
    Optional<Stack> find() {
        try {
            return services
                    .cloudFormation()
                    .describeStacks(it -> it.stackName(name))
                    .stacks()
                    .stream()
                    .findFirst();
        } catch (CloudFormationException refused) {
            if (isAbsent(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The template that it was last deployed with; empty if there is no such stack. */
    Optional<String> template() {
        try {
            return Optional.of(
                    services.cloudFormation().getTemplate(it -> it.stackName(name)).templateBody());
        } catch (CloudFormationException refused) {
            if (isAbsent(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The command line that does {@code action} with it. */
    String command(String action) {
        return "aws cloudformation %s --region %s --stack-name %s"
                .formatted(action, services.region(), name);
    }

    /** CloudFormation has no code of its own for it. */
    private static boolean isAbsent(CloudFormationException refused) {
        return refused.awsErrorDetails().errorCode().equals("ValidationError")
                && refused.awsErrorDetails().errorMessage().contains("does not exist");
    }
}
