package dev.statuswire.check;

import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Runs {@code ./deploy --check}. Settings are environment variables:
 *
 * <ul>
 *   <li>{@code STATUSWIRE_CHECK_URL}: the URL of the page; if unset, that of the stage
 *   <li>{@code STATUSWIRE_STAGE}: the stage; {@code dev} if unset
 *   <li>{@code STATUSWIRE_CHECK_TOKEN}: an access token, if users must log in
 *   <li>{@code STATUSWIRE_CHECK_TYPES}: the request types whose examples are submitted, separated
 *       by commas
 * </ul>
 */
public final class Main {

    private Main() {}

    /**
     * Prints a line for each check and exits with 0, with 1 if a check failed, or with 2 if
     * something is missing.
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(System.getenv(), System.out, TestUser::temporary));
    }

    /**
     * Runs the checks and prints the results.
     *
     * @param users creates the test user of a stage
     * @return the exit code
     */
    static int run(Map<String, String> environment, PrintStream out, TestUser.Factory users)
            throws InterruptedException {
        try {
            CheckSettings settings = CheckSettings.from(environment);
            if (settings.url().isPresent()) {
                return checkUrl(settings.url().get(), settings, out);
            }
            try (var services = StageCheck.ofProcess(users)) {
                return services.run(settings, out);
            }
        } catch (MissingSettingException needed) {
            out.println("statuswire: " + needed.getMessage());
            return 2;
        }
    }

    private static int checkUrl(URI url, CheckSettings settings, PrintStream out)
            throws InterruptedException {
        TokenProvider tokens =
                settings.tokensOr(
                        "login required: set STATUSWIRE_CHECK_TOKEN to an access token of the"
                                + " issuer");
        return new ServiceChecks(url, tokens, settings.types(), Optional.empty()).print(out);
    }
}
