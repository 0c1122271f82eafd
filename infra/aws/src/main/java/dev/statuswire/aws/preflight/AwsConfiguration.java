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
 * The region and credentials that the SDK finds on this machine, in the same places as the CDK.
 *
 * @param region empty if none is set; the CDK would then silently use us-east-1
 * @param noCredentials why no credentials were found; empty if they were found
 */
record AwsConfiguration(Optional<Region> region, Optional<String> noCredentials) {

    static AwsConfiguration find() {
        return new AwsConfiguration(findRegion(), whyNoCredentials());
    }

    /** Returns what is missing on this machine. */
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
            return Optional.of(whyNotInProfile().orElseGet(() -> SdkErrorText.of(none)));
        }
    }

    /**
     * Prefers the error of the profile, which is what users configure; the error of the whole chain
     * lists every place that was searched.
     */
    private static Optional<String> whyNotInProfile() {
        try (var profile = ProfileCredentialsProvider.create()) {
            profile.resolveCredentials();
            return Optional.empty();
        } catch (SdkException none) {
            // Without the contents of the profile files, which the SDK appends.
            return Optional.of(SdkErrorText.of(none).replaceAll(": ProfileFile\\(.*", ""));
        }
    }
}
