package dev.statuswire.aws.preflight;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Checks that the stack is in a state in which CloudFormation can create or update it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html">
 *     Stack status codes</a>
 */
record StackCheck(DeployedStack deployed) implements PreflightCheck {

    private static final String WHY =
            "; for the whole procedure, see \"After a failed deployment\" in docs/guide/deploy.md";

    @Override
    public String subject() {
        return "the stack " + deployed.name();
    }

    @Override
    public List<PreflightFinding> run() {
        return deployed.find().flatMap(this::finding).stream().toList();
    }

    private Optional<PreflightFinding> finding(Stack stack) {
        String is = subject() + " is " + stack.stackStatusAsString();
        return switch (stack.stackStatus()) {
            case CREATE_COMPLETE,
                    UPDATE_COMPLETE,
                    UPDATE_ROLLBACK_COMPLETE,
                    IMPORT_COMPLETE,
                    IMPORT_ROLLBACK_COMPLETE,
                    DELETE_COMPLETE ->
                    Optional.empty();
            case REVIEW_IN_PROGRESS ->
                    Optional.of(
                            PreflightFinding.note(
                                    is
                                            + ": it has only a change set that was never executed;"
                                            + " this deployment replaces it"));
            case CREATE_FAILED, ROLLBACK_COMPLETE, ROLLBACK_FAILED, DELETE_FAILED ->
                    Optional.of(
                            PreflightFinding.stop(
                                    is + " and must be deleted first: " + deletion(stack) + WHY));
            case UPDATE_ROLLBACK_FAILED ->
                    Optional.of(
                            PreflightFinding.stop(
                                    is
                                            + "; fix the cause, then run "
                                            + command("continue-update-rollback")
                                            + WHY));
            case UPDATE_FAILED ->
                    Optional.of(
                            PreflightFinding.stop(is + "; run " + command("rollback-stack") + WHY));
            case CREATE_IN_PROGRESS,
                    ROLLBACK_IN_PROGRESS,
                    DELETE_IN_PROGRESS,
                    UPDATE_IN_PROGRESS,
                    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
                    UPDATE_ROLLBACK_IN_PROGRESS,
                    UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
                    IMPORT_IN_PROGRESS,
                    IMPORT_ROLLBACK_IN_PROGRESS ->
                    Optional.of(
                            PreflightFinding.stop(
                                    is
                                            + ", so another operation is changing it; wait until it"
                                            + " has finished, then run ./deploy again"));
            case IMPORT_ROLLBACK_FAILED, UNKNOWN_TO_SDK_VERSION ->
                    Optional.of(
                            PreflightFinding.stop(
                                    is
                                            + "; to find the reason, run "
                                            + command("describe-stack-events")));
        };
    }

    private String deletion(Stack stack) {
        String delete = command("delete-stack");
        return Boolean.TRUE.equals(stack.enableTerminationProtection())
                ? command("update-termination-protection --no-enable-termination-protection")
                        + " && "
                        + delete
                : delete;
    }

    private String command(String action) {
        return deployed.command(action);
    }
}
