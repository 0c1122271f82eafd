package dev.statuswire.aws.preflight;

import java.util.List;

/** Whether the stack may be deleted, and what will be left of it. */
record DestroyCheck(DeployedStack deployed, CloudAssembly assembly) implements PreflightCheck {

    @Override
    public String subject() {
        return "the stack " + deployed.name();
    }

    @Override
    public List<PreflightFinding> run() {
        String retained = assembly.retained();
        String remains = retained.isEmpty() ? "nothing" : retained;
        boolean isProtected =
                deployed.find()
                        .map(stack -> Boolean.TRUE.equals(stack.enableTerminationProtection()))
                        .orElse(false);
        if (isProtected) {
            return List.of(
                    PreflightFinding.stop(
                            "%s is protected; to delete it, run %s, then this again. What remains: %s"
                                    .formatted(
                                            subject(),
                                            deployed.command(
                                                    "update-termination-protection"
                                                            + " --no-enable-termination-protection"),
                                            remains)));
        }
        return List.of(
                PreflightFinding.note(
                        "what remains of %s: %s; docs/guide/deploy.md says how to delete it"
                                .formatted(subject(), remains)));
    }
}
