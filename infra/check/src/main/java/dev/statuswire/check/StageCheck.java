package dev.statuswire.check;

import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Checks a stage on AWS, whose addresses are in the outputs of its stack. */
final class StageCheck implements AutoCloseable {

    private final CloudFormationClient cloudFormation;
    private final CloudWatchClient cloudWatch;
    private final CognitoIdentityProviderClient cognito;
    private final TestUser.Factory users;

    StageCheck(
            CloudFormationClient cloudFormation,
            CloudWatchClient cloudWatch,
            CognitoIdentityProviderClient cognito,
            TestUser.Factory users) {
        this.cloudFormation = cloudFormation;
        this.cloudWatch = cloudWatch;
        this.cognito = cognito;
        this.users = users;
    }

    /**
     * Creates a check with the credentials and the region of this process.
     *
     * @throws MissingSettingException if no region is set
     */
    static StageCheck ofProcess(TestUser.Factory users) {
        try {
            return new StageCheck(
                    CloudFormationClient.create(),
                    CloudWatchClient.create(),
                    CognitoIdentityProviderClient.create(),
                    users);
        } catch (SdkClientException notConfigured) {
            throw new MissingSettingException(
                    "could not use AWS: " + CheckedStage.said(notConfigured) + "; pass --region");
        }
    }

    /**
     * Runs the checks and prints the results.
     *
     * @return the exit code
     * @throws MissingSettingException if the stage cannot be found
     */
    int run(CheckSettings settings, PrintStream out) throws InterruptedException {
        CheckedStage stage = CheckedStage.find(settings.stage(), cloudFormation, cloudWatch);
        URI url =
                stage.output("Url")
                        .map(CheckSettings::uri)
                        .orElseThrow(
                                () ->
                                        new MissingSettingException(
                                                "the stack has no output \"Url\"; deploy it again"));
        Optional<String> pool = stage.output("UserPool");
        Optional<String> client = stage.output("CheckClient");
        if (settings.token().isPresent() || pool.isEmpty() || client.isEmpty()) {
            TokenProvider tokens =
                    settings.tokensOr(
                            "login required: deploy the stage with --check-client, or set"
                                    + " STATUSWIRE_CHECK_TOKEN to an access token");
            return new ServiceChecks(url, tokens, settings.types(), Optional.of(stage)).print(out);
        }
        try (TestUser user = users.make(cognito, pool.get(), client.get())) {
            return new ServiceChecks(url, user, settings.types(), Optional.of(stage)).print(out);
        } catch (CheckFailedException notDeleted) {
            out.println("statuswire: " + notDeleted.getMessage());
            return 1;
        }
    }

    @Override
    public void close() {
        cloudFormation.close();
        cloudWatch.close();
        cognito.close();
    }
}
