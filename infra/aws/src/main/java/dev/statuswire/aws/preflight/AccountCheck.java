package dev.statuswire.aws.preflight;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whose credentials these are. Every account allows this call; without it no other one works. */
record AccountCheck(Services services) implements Check {

    @Override
    public String subject() {
        return "the account";
    }

    @Override
    public List<Finding> run() {
        try {
            GetCallerIdentityResponse caller = services.sts().getCallerIdentity();
            return List.of(
                    Finding.note(
                            "account %s, region %s, as %s"
                                    .formatted(caller.account(), services.region(), caller.arn())));
        } catch (AwsServiceException refused) {
            return List.of(
                    Finding.stop(
                            "AWS refused the credentials ("
                                    + Reason.of(refused)
                                    + "); log in again, or choose others with --profile"));
        } catch (SdkException failed) {
            return List.of(
                    Finding.stop(
                            "unable to resolve the AWS account, because AWS cannot be reached in"
                                    + " region %s (%s); check the network and --region"
                                            .formatted(services.region(), Reason.of(failed))));
        }
    }
}
