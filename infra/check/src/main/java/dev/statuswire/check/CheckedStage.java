package dev.statuswire.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** A deployed stage: the status, outputs and alarms of its stack. */
final class CheckedStage {

    private static final Set<String> DEPLOYED =
            Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");

    private static final String ALARM = "AWS::CloudWatch::Alarm";

    /** The maximum for one call. */
    private static final int NAMES_A_CALL = 100;

    private final CloudFormationClient cloudFormation;
    private final CloudWatchClient cloudWatch;
    private final String name;
    private final String status;
    private final Map<String, String> outputs;

    private CheckedStage(
            CloudFormationClient cloudFormation, CloudWatchClient cloudWatch, Stack stack) {
        this.cloudFormation = cloudFormation;
        this.cloudWatch = cloudWatch;
        this.name = stack.stackName();
        this.status = stack.stackStatusAsString();
        this.outputs =
                stack.outputs().stream()
                        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }

    /**
     * Finds a stage.
     *
     * @param stage the name of {@code ./deploy --stage}
     * @throws MissingSettingException if it is not deployed, or AWS is inaccessible
     */
    static CheckedStage find(
            String stage, CloudFormationClient cloudFormation, CloudWatchClient cloudWatch) {
        String name = "statuswire-" + stage;
        try {
            var found = cloudFormation.describeStacks(request -> request.stackName(name));
            return new CheckedStage(cloudFormation, cloudWatch, found.stacks().getFirst());
        } catch (CloudFormationException refused) {
            throw new MissingSettingException(
                    "could not read the stack "
                            + name
                            + ": "
                            + said(refused)
                            + "; deploy the stage, or check --stage, --region and --profile");
        } catch (SdkClientException unreachable) {
            throw new MissingSettingException(
                    "could not reach AWS to read the stack " + name + ": " + said(unreachable));
        }
    }

    /** Returns the error of AWS without its request id. */
    static String said(AwsServiceException refused) {
        return refused.awsErrorDetails() == null
                ? String.valueOf(refused.getMessage())
                : refused.awsErrorDetails().errorCode()
                        + ", "
                        + refused.awsErrorDetails().errorMessage();
    }

    /** Returns the error of the SDK without the list of all attempts. */
    static String said(SdkClientException failed) {
        return String.valueOf(failed.getMessage())
                .replaceFirst(" from any of the providers in the chain.*", "")
                .replaceFirst(" See cause .*", "");
    }

    /** Returns an output of the stack. */
    Optional<String> output(String key) {
        return Optional.ofNullable(outputs.get(key));
    }

    /** Checks that the last deployment succeeded. */
    String preflight() {
        if (!DEPLOYED.contains(status)) {
            throw new CheckFailedException(
                    "expected the stack %s to be deployed, but it is %s".formatted(name, status));
        }
        return name + " is " + status;
    }

    /** Checks that none of the stack's own alarms is active. */
    String alarms() {
        List<String> names =
                cloudFormation
                        .listStackResourcesPaginator(request -> request.stackName(name))
                        .stackResourceSummaries()
                        .stream()
                        .filter(resource -> resource.resourceType().equals(ALARM))
                        .map(StackResourceSummary::physicalResourceId)
                        .toList();
        if (names.isEmpty()) {
            throw new CheckFailedException("expected alarms in the stack " + name + ", got none");
        }
        for (int from = 0; from < names.size(); from += NAMES_A_CALL) {
            List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_A_CALL));
            var on =
                    cloudWatch
                            .describeAlarms(
                                    request ->
                                            request.alarmNames(some)
                                                    .alarmTypes(AlarmType.METRIC_ALARM)
                                                    .maxRecords(NAMES_A_CALL))
                            .metricAlarms()
                            .stream()
                            .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                            .map(alarm -> alarm.alarmName())
                            .toList();
            if (!on.isEmpty()) {
                throw new CheckFailedException(
                        "expected no active alarms, got "
                                + String.join(", ", on)
                                + "; see docs/guide/operate.md");
            }
        }
        return names.size() + " alarms, none active";
    }
}
