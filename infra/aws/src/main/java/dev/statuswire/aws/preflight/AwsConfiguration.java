package dev.statuswire.aws.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * What the SDK finds on this machine, in the places where the CDK looks, too.
 *
 * @param region empty if none is set; the CDK would then take us-east-1 without a word
 * @param noCredentials why there are no credentials; empty if there are
 */
record AwsConfiguration(Optional<Region> region, Optional<String> noCredentials) {

    static AwsConfiguration find() {
        return new AwsConfiguration(findRegion(), whyNoCredentials());
    }

    /** What this machine lacks. */
    List<PreflightFinding> missing() {
        var missing = new ArrayList<PreflightFinding>();
        noCredentials.ifPresent(
                reason ->
                        missing.add(
                                PreflightFinding.missing(
                                        "unable to resolve the AWS account, because there are no"
                                                + " credentials (%s); log in, for example with aws"
                                                        .formatted(reason)
                                                + " configure sso, or pass --profile")));
        if (region.isEmpty()) {
            missing.add(PreflightFinding.missing("no region is set; pass --region"));
        }
        return missing;
    }

    private static Optional<Region> findRegion() {
        try {
            return Optional.of(DefaultAwsRegionProviderChain.builder().build().getRegion());
        } catch (SdkException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> whyNoCredentials() {
        try (var all = DefaultCredentialsProvider.builder().build()) {
            all.resolveCredentials();
            return Optional.empty();
        } catch (SdkException none) {
            return Optional.of(whyNotInProfile().orElseGet(() -> FailureReason.of(none)));
        }
    }

    /** The chain names every place where it looked; a profile is what people set up. */
    private static Optional<String> whyNotInProfile() {
        try (var profile = ProfileCredentialsProvider.create()) {
            profile.resolveCredentials();
            return Optional.empty();
        } catch (SdkException none) {
            // Without what the SDK appends: all that the profile files have.
            return Optional.of(FailureReason.of(none).replaceAll(": ProfileFile\\(.*", ""));
        }
    }
}
