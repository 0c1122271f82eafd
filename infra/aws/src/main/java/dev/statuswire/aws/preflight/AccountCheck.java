package dev.statuswire.aws.preflight;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Finds the account of the credentials. Every account allows this call, and no other call works if
 * it fails.
 */
record AccountCheck(PreflightClients services) implements PreflightCheck {

    @Override
    public String subject() {
        return "the account";
    }

    @Override
    public List<PreflightFinding> run() {
        try {
            GetCallerIdentityResponse caller = services.sts().getCallerIdentity();
            return List.of(
                    PreflightFinding.note(
                            "account %s, region %s, as %s"
                                    .formatted(caller.account(), services.region(), caller.arn())));
        } catch (AwsServiceException refused) {
            return List.of(
                    PreflightFinding.stop(
                            "AWS rejected the credentials ("
                                    + SdkErrorText.of(refused)
                                    + "); log in again, or select other credentials with"
                                    + " --profile"));
        } catch (SdkException failed) {
            return List.of(
                    PreflightFinding.stop(
                            "unable to resolve the AWS account, because AWS is unreachable in"
                                    + " region %s (%s); check the network and --region"
                                            .formatted(
                                                    services.region(), SdkErrorText.of(failed))));
        }
    }
}
