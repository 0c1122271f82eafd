package dev.statuswire.check;

import java.io.PrintStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * What {@code ./deploy --check} runs. Settings are environment variables:
 *
 * <ul>
 *   <li>{@code STATUSWIRE_CHECK_URL}: where the page is; if unset, that of the stage
 *   <li>{@code STATUSWIRE_STAGE}: the stage, {@code dev} if unset
 *   <li>{@code STATUSWIRE_CHECK_TOKEN}: an access token, if people log in
 *   <li>{@code STATUSWIRE_CHECK_TYPES}: the request types whose examples are submitted, with commas
 * </ul>
 */
public final class Main {

    private Main() {}

    /** Prints a line for each check and ends with 0, 1 if one failed, 2 if something is missing. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(System.getenv(), System.out));
    }

    static int run(Map<String, String> environment, PrintStream out) throws InterruptedException {
        Optional<String> url = text(environment, "STATUSWIRE_CHECK_URL");
        try {
            return url.isPresent()
                    ? checkUrl(uri(url.get()), environment, out)
                    : checkStage(environment, out);
        } catch (NeededException needed) {
            out.println("statuswire: " + needed.getMessage());
            return 2;
        }
    }

    private static int checkUrl(URI url, Map<String, String> environment, PrintStream out)
            throws InterruptedException {
        Tokens tokens =
                text(environment, "STATUSWIRE_CHECK_TOKEN")
                        .map(Tokens::given)
                        .orElseGet(
                                () ->
                                        Tokens.none(
                                                "people log in here: set STATUSWIRE_CHECK_TOKEN to"
                                                        + " an access token of the issuer"));
        return print(new Checker(url, tokens, types(environment), Optional.empty()), out);
    }

    private static int checkStage(Map<String, String> environment, PrintStream out)
            throws InterruptedException {
        try (var cloudFormation = CloudFormationClient.create();
                var cloudWatch = CloudWatchClient.create();
                var cognito = CognitoIdentityProviderClient.create()) {
            String name = text(environment, "STATUSWIRE_STAGE").orElse("dev");
            var stage = Stage.find(name, cloudFormation, cloudWatch);
            URI url =
                    stage.output("Url")
                            .map(Main::uri)
                            .orElseThrow(
                                    () -> new NeededException("the stack has no output \"Url\""));
            return checkStage(stage, url, environment, cognito, out);
        } catch (SdkClientException notConfigured) {
            throw new NeededException("cannot use AWS: " + Stage.said(notConfigured));
        }
    }

    private static int checkStage(
            Stage stage,
            URI url,
            Map<String, String> environment,
            CognitoIdentityProviderClient cognito,
            PrintStream out)
            throws InterruptedException {
        Optional<String> given = text(environment, "STATUSWIRE_CHECK_TOKEN");
        Optional<String> pool = stage.output("UserPool");
        Optional<String> client = stage.output("CheckClient");
        List<String> types = types(environment);
        if (given.isPresent() || pool.isEmpty() || client.isEmpty()) {
            Tokens tokens =
                    given.map(Tokens::given)
                            .orElseGet(
                                    () ->
                                            Tokens.none(
                                                    "no token: deploy the stage with --check-client,"
                                                            + " or set STATUSWIRE_CHECK_TOKEN to an"
                                                            + " access token"));
            return print(new Checker(url, tokens, types, Optional.of(stage)), out);
        }
        try (var user = TestUser.temporary(cognito, pool.get(), client.get())) {
            return print(new Checker(url, user, types, Optional.of(stage)), out);
        } catch (CheckFailedException notDeleted) {
            out.println("statuswire: " + notDeleted.getMessage());
            return 1;
        }
    }

    private static int print(Checker checker, PrintStream out) throws InterruptedException {
        out.println("statuswire: checks " + checker.base());
        Report report = checker.check(out::println);
        out.println("statuswire: " + report.summary());
        return report.exitCode();
    }

    private static List<String> types(Map<String, String> environment) {
        return text(environment, "STATUSWIRE_CHECK_TYPES")
                .map(names -> Arrays.stream(names.split(",")).map(String::strip).toList())
                .orElse(Checker.HARMLESS);
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && text.startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException noUri) {
            // Said below.
        }
        throw new NeededException("not a URL such as https://work.example.org: " + text);
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
