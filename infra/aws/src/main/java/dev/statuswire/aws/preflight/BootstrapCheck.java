package dev.statuswire.aws.preflight;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Checks that the CDK's bootstrap stack exists in the account and region, in a version that can
 * deploy Statuswire.
 *
 * @see <a href="https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html">Bootstrap your
 *     environment for use with the AWS CDK</a>
 */
record BootstrapCheck(PreflightClients services, SynthesizedStack assembly)
        implements PreflightCheck {

    @Override
    public String subject() {
        return "the CDK's bootstrap stack";
    }

    @Override
    public List<PreflightFinding> run() {
        String remedy = "run ./deploy --bootstrap --region " + services.region() + " once";
        try {
            String version =
                    services.ssm()
                            .getParameter(it -> it.name(assembly.bootstrapParameter()))
                            .parameter()
                            .value();
            if (Integer.parseInt(version) >= assembly.bootstrapVersion()) {
                return List.of();
            }
            return List.of(
                    PreflightFinding.stop(
                            ("the CDK's bootstrap stack has version %s, but version %d is required;"
                                            + " %s")
                                    .formatted(version, assembly.bootstrapVersion(), remedy)));
        } catch (ParameterNotFoundException none) {
            return List.of(
                    PreflightFinding.stop(
                            "the CDK's bootstrap stack does not exist in this account and region; "
                                    + remedy));
        }
    }
}
