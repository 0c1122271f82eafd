package dev.statuswire.aws.preflight;

import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The stack with this name in the account and region, if it exists. */
record DeployedStack(PreflightClients services, String name) {

    /** Returns the stack; empty if it does not exist. */
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

    /** Returns the template of the last deployment; empty if the stack does not exist. */
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

    /** Returns the command line that runs {@code action} on the stack. */
    String command(String action) {
        return "aws cloudformation %s --region %s --stack-name %s"
                .formatted(action, services.region(), name);
    }

    /**
     * Returns whether the error means that the stack does not exist. CloudFormation has no separate
     * error code for that.
     */
    private static boolean isAbsent(CloudFormationException refused) {
        return refused.awsErrorDetails().errorCode().equals("ValidationError")
                && refused.awsErrorDetails().errorMessage().contains("does not exist");
    }
}
