package dev.statuswire.aws;

import dev.statuswire.core.settings.CorsPolicy;
import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a deployment.
 *
 * @param stage part of the stack's name, {@code statuswire-<stage>}, so that an account can have
 *     several stacks: a lower-case letter, then up to 19 of a-z 0-9 -
 * @param retentionDays how long finished requests are kept, 1..3650
 * @param domain your own domain; empty for one of CloudFront's
 * @param issuer the issuer whose tokens are accepted; empty for a Cognito user pool of the stack
 * @param loginPrefix the prefix of the domain of Cognito's login page; empty for the name of the
 *     stack and the account number
 * @param signUp whether users may register themselves in the user pool
 * @param reservedConcurrency whether functions reserve some of the account's concurrency; not
 *     possible if the account's quota is too low, as in new accounts
 * @param firewall whether a web ACL limits the rate of calls by token and by address
 * @param workers the maximum number of slow requests that run at the same time, if concurrency is
 *     reserved
 * @param allowedOrigins origins whose pages may call the API in addition to its own, such as {@code
 *     https://example.org}
 * @param alarmTopic the ARN of an SNS topic that is notified of alarms
 * @param retiredTypes names of request types that are no longer accepted but still processed
 * @param cloudFront whether the page and the API are behind CloudFront; otherwise they are on API
 *     Gateway's own host, for a trial
 * @param checkClient whether the user pool has a client for {@code ./deploy --check} even if the
 *     stage is not for trials
 * @param budget the monthly budget of the account; empty for none
 * @param gradual whether new versions of the functions receive their invocations gradually
 */
record DeployOptions(
        String stage,
        int retentionDays,
        Optional<OwnDomain> domain,
        Optional<OwnIssuer> issuer,
        Optional<String> loginPrefix,
        boolean signUp,
        boolean reservedConcurrency,
        boolean firewall,
        int workers,
        List<String> allowedOrigins,
        Optional<String> alarmTopic,
        List<String> retiredTypes,
        boolean cloudFront,
        boolean checkClient,
        Optional<Budget> budget,
        boolean gradual) {

    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,19}");

    /**
     * The prefixes that Cognito accepts; it reserves AWS's own names. A prefix must be unique in
     * its region.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html">Using
     *     the Amazon Cognito prefix domain</a>
     */
    private static final Pattern LOGIN_PREFIX =
            Pattern.compile("(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Options that require another option. */
    private static final Map<String, String> REQUIRED_OPTIONS =
            Map.of(
                    "STATUSWIRE_CERTIFICATE", "STATUSWIRE_DOMAIN",
                    "STATUSWIRE_BUDGET_EMAIL", "STATUSWIRE_BUDGET",
                    "STATUSWIRE_OIDC_AUDIENCE", "STATUSWIRE_OIDC_ISSUER",
                    "STATUSWIRE_OIDC_CLIENT_ID", "STATUSWIRE_OIDC_ISSUER",
                    "STATUSWIRE_OIDC_SCOPE", "STATUSWIRE_OIDC_ISSUER",
                    "STATUSWIRE_OIDC_AT_JWT_ONLY", "STATUSWIRE_OIDC_ISSUER");

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern TOPIC = Pattern.compile("arn:[a-z-]+:sns:[^:]+:\\d{12}:.+");
    private static final int LONGEST_RETENTION_DAYS = 3650;
    private static final int DEFAULT_WORKERS = 100;

    /** A variable whose name is that of an option. */
    private static final Pattern VARIABLE =
            Pattern.compile(
                    "STATUSWIRE_(?!GRADUAL|CLOUDFRONT|RESERVED_CONCURRENCY)(?:OIDC_)?([A-Z_]+)");

    /** More than an account has without a quota increase. */
    private static final int MOST_WORKERS = 10_000;

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    DeployOptions {
        require(
                STAGE.matcher(stage).matches(),
                "--stage must be a lower-case letter, then up to 19 of a-z, 0-9 and -, not "
                        + stage);
        require(
                retentionDays >= 1 && retentionDays <= LONGEST_RETENTION_DAYS,
                "--retention-days must be 1 to "
                        + LONGEST_RETENTION_DAYS
                        + ", not "
                        + retentionDays);
        require(
                workers >= 1 && workers <= MOST_WORKERS,
                "--workers must be 1 to " + MOST_WORKERS + ", not " + workers);
        loginPrefix.ifPresent(
                prefix ->
                        require(
                                LOGIN_PREFIX.matcher(prefix).matches(),
                                "--login-prefix must be up to 63 of a-z, 0-9 and -, without - at"
                                        + " either end and without aws, amazon or cognito, not "
                                        + prefix));
        require(
                issuer.isPresent() || loginPrefix.isPresent() || acceptsDefaultPrefix(stage),
                "--login-prefix or --issuer is required for stage "
                        + stage
                        + ", because Cognito accepts no domain that contains aws, amazon or"
                        + " cognito");
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedOrigins.forEach(
                origin ->
                        require(
                                CorsPolicy.isOrigin(origin),
                                "--allowed-origins must be origins such as"
                                        + " https://shop.example.com, not "
                                        + origin));
        retiredTypes = List.copyOf(retiredTypes);
        require(
                cloudFront || (domain.isEmpty() && allowedOrigins.isEmpty()),
                "--domain and --allowed-origins require CloudFront; remove --no-cloudfront");
        retiredTypes.forEach(
                type ->
                        require(
                                TYPE.matcher(type).matches(),
                                "--retired-types must be names of request types such as"
                                        + " place-order, not "
                                        + type));
        alarmTopic.ifPresent(
                arn ->
                        require(
                                TOPIC.matcher(arn).matches(),
                                "--alarm-topic must be the ARN of an SNS topic, not " + arn));
        budget.ifPresent(
                it ->
                        require(
                                it.email().isPresent() || alarmTopic.isPresent(),
                                "--budget requires --alarm-topic or --budget-email"));
    }

    /**
     * A monthly budget.
     *
     * @param dollars per month
     * @param email an address to notify in addition to the alarm topic
     */
    record Budget(int dollars, Optional<String> email) {

        private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

        Budget {
            require(dollars >= 1, "--budget must be at least 1 USD, not " + dollars);
            email.ifPresent(
                    address ->
                            require(
                                    ADDRESS.matcher(address).matches(),
                                    "--budget-email must be an e-mail address, not " + address));
        }
    }

    /** Returns whether Cognito accepts the default prefix of the login page for this stage. */
    private static boolean acceptsDefaultPrefix(String stage) {
        return LOGIN_PREFIX.matcher(stackName(stage) + "-123456789012").matches();
    }

    /** A domain with the ARN of its certificate, which must be in us-east-1 for CloudFront. */
    record OwnDomain(String name, String certificateArn) {

        private static final Pattern NAME = Pattern.compile("([a-z0-9-]+\\.)+[a-z]{2,}");
        private static final Pattern ARN =
                Pattern.compile("arn:[a-z-]+:acm:us-east-1:\\d{12}:certificate/.+");

        OwnDomain {
            require(
                    NAME.matcher(name).matches(),
                    "--domain must be a domain such as status.example.com, not " + name);
            require(
                    ARN.matcher(certificateArn).matches(),
                    "--certificate must be the ARN of a certificate in us-east-1, not "
                            + certificateArn);
        }
    }

    /** An OpenID Connect issuer, with the values of the {@code STATUSWIRE_OIDC_*} variables. */
    record OwnIssuer(
            URI issuer, String audience, String clientId, String scope, boolean atJwtOnly) {

        OwnIssuer {
            require(
                    "https".equals(issuer.getScheme()) && issuer.getHost() != null,
                    "--issuer must be a URL with https, not " + issuer);
        }
    }

    /**
     * Reads the options from the variables that {@code ./deploy} sets.
     *
     * @throws IllegalArgumentException if one is invalid; the message names the option
     */
    static DeployOptions from(Environment environment) {
        try {
            return read(environment);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    withOptions(String.valueOf(invalid.getMessage())), invalid);
        }
    }

    /** Inserts the option of {@code ./deploy} before each variable that {@code message} names. */
    private static String withOptions(String message) {
        return VARIABLE.matcher(message)
                .replaceAll(
                        found ->
                                "--%s (%s)"
                                        .formatted(
                                                found.group(1)
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-'),
                                                found.group()));
    }

    private static DeployOptions read(Environment environment) {
        REQUIRED_OPTIONS.forEach(
                (name, needed) ->
                        require(
                                environment.text(name).isEmpty()
                                        || environment.text(needed).isPresent(),
                                name + " requires " + needed));
        return new DeployOptions(
                environment.text("STATUSWIRE_STAGE").orElse("dev"),
                environment.number("STATUSWIRE_RETENTION_DAYS", 7),
                environment
                        .text("STATUSWIRE_DOMAIN")
                        .map(
                                name ->
                                        new OwnDomain(
                                                name,
                                                needed(environment, "CERTIFICATE", "DOMAIN"))),
                environment.uri("STATUSWIRE_OIDC_ISSUER").map(uri -> issuer(uri, environment)),
                environment.text("STATUSWIRE_LOGIN_PREFIX"),
                isSet(environment, "STATUSWIRE_SIGN_UP", false),
                isSet(environment, "STATUSWIRE_RESERVED_CONCURRENCY", true),
                isSet(environment, "STATUSWIRE_FIREWALL", false),
                environment.number("STATUSWIRE_WORKERS", DEFAULT_WORKERS),
                environment.list("STATUSWIRE_ALLOWED_ORIGINS"),
                environment.text("STATUSWIRE_ALARM_TOPIC"),
                environment.list("STATUSWIRE_RETIRED_TYPES"),
                isSet(environment, "STATUSWIRE_CLOUDFRONT", true),
                environment.flag("STATUSWIRE_CHECK_CLIENT"),
                budget(environment),
                isSet(environment, "STATUSWIRE_GRADUAL", true));
    }

    private static Optional<Budget> budget(Environment environment) {
        return environment.text("STATUSWIRE_BUDGET").isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Budget(
                                environment.number("STATUSWIRE_BUDGET", 0),
                                environment.text("STATUSWIRE_BUDGET_EMAIL")));
    }

    private static OwnIssuer issuer(URI issuer, Environment environment) {
        String audience = needed(environment, "OIDC_AUDIENCE", "OIDC_ISSUER");
        return new OwnIssuer(
                issuer,
                audience,
                environment
                        .text("STATUSWIRE_OIDC_CLIENT_ID")
                        .orElse(environment.list("STATUSWIRE_OIDC_AUDIENCE").getFirst()),
                environment.text("STATUSWIRE_OIDC_SCOPE").orElse("openid"),
                environment.flag("STATUSWIRE_OIDC_AT_JWT_ONLY"));
    }

    private static String needed(Environment environment, String what, String by) {
        return environment
                .text("STATUSWIRE_" + what)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "STATUSWIRE_" + by + " requires STATUSWIRE_" + what));
    }

    private static boolean isSet(Environment environment, String name, boolean otherwise) {
        return environment.text(name).isEmpty() ? otherwise : environment.flag(name);
    }

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Returns the name of the stack. */
    String stackName() {
        return stackName(stage);
    }

    private static String stackName(String stage) {
        return "statuswire-" + stage;
    }

    /** Returns whether the user pool has a client for {@code ./deploy --check}. */
    boolean hasCheckClient() {
        return checkClient || isTrial();
    }

    /**
     * Returns whether new versions of the functions first receive a share of the invocations, then
     * all.
     */
    boolean isGradual() {
        return gradual && !isTrial();
    }

    /**
     * Returns whether the stage is for trials: deleting its stack deletes its data, and nothing
     * protects the stack from deletion.
     */
    boolean isTrial() {
        return stage.equals("dev");
    }
}
