package dev.statuswire.aws.preflight;

import java.util.List;

/** Checks whether the stack can be deleted, and lists the resources that will be retained. */
record DestroyCheck(DeployedStack deployed, SynthesizedStack assembly) implements PreflightCheck {

    @Override
    public String subject() {
        return "the stack " + deployed.name();
    }

    @Override
    public List<PreflightFinding> run() {
        String retained = assembly.retained();
        String remains = retained.isEmpty() ? "none" : retained;
        boolean isProtected =
                deployed.find()
                        .map(stack -> Boolean.TRUE.equals(stack.enableTerminationProtection()))
                        .orElse(false);
        if (isProtected) {
            return List.of(
                    PreflightFinding.stop(
                            ("%s has termination protection; to delete it, run %s, then ./deploy"
                                            + " --destroy again. Retained resources: %s")
                                    .formatted(
                                            subject(),
                                            deployed.command(
                                                    "update-termination-protection"
                                                            + " --no-enable-termination-protection"),
                                            remains)));
        }
        return List.of(
                PreflightFinding.note(
                        "retained resources of %s: %s; docs/guide/deploy.md describes how to delete them"
                                .formatted(subject(), remains)));
    }
}
