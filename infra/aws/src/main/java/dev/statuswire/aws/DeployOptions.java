package dev.statuswire.aws;

import dev.statuswire.core.settings.CorsPolicy;
import dev.statuswire.core.settings.Environment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What whoever deploys decides.
 *
 * @param stage names the stack, {@code statuswire-<stage>}, so that several can stand in one
 *     account: a lower-case letter, then up to 19 of a-z 0-9 -
 * @param retentionDays how long finished requests are kept, 1..3650
 * @param domain of one's own, instead of one of CloudFront's
 * @param issuer whose tokens are taken, instead of those of a Cognito user pool of the stack
 * @param loginPrefix how the address of Cognito's login page begins; empty for the stack's name and
 *     the account's number
 * @param signUp whether people may make themselves users of the user pool
 * @param reservedConcurrency whether functions get shares of the account's concurrency; not
 *     possible where the account's quota is too low, as it is in new ones
 * @param firewall whether a web ACL limits the rate of calls by token and by address
 * @param workers how many slow requests may be worked on at once, if concurrency is reserved
 * @param allowedOrigins whose pages may call the API besides its own, such as {@code
 *     https://example.org}
 * @param alarmTopic the ARN of an SNS topic that hears of alarms
 * @param retiredTypes names of request types that are no longer accepted, and are still worked on
 * @param cloudFront whether the page and the API are behind CloudFront; without, they are at the
 *     API's own address, for a trial
 * @param checkClient whether the user pool has a client by which {@code ./deploy --check} logs in,
 *     although the stage is not for trying
 * @param budget for what the account costs in a month; empty for none
 * @param gradual whether new versions of the functions get their invocations gradually
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
     * What Cognito takes, which is no name of AWS's own. It must be unique in its region.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html">Using
     *     the Amazon Cognito prefix domain</a>
     */
    private static final Pattern LOGIN_PREFIX =
            Pattern.compile("(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Options that belong to another one. */
    private static final Map<String, String> ALONE_MEANINGLESS =
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

    /** More than any account has without asking for it. */
    private static final int MOST_WORKERS = 10_000;

    /**
     * @throws IllegalArgumentException a value is out of its range
     */
    DeployOptions {
        require(STAGE.matcher(stage).matches(), "a stage is " + STAGE + ", not " + stage);
        require(
                retentionDays >= 1 && retentionDays <= LONGEST_RETENTION_DAYS,
                "finished requests are kept 1 to "
                        + LONGEST_RETENTION_DAYS
                        + " days, not "
                        + retentionDays);
        require(
                workers >= 1 && workers <= MOST_WORKERS,
                "1 to " + MOST_WORKERS + " workers may run at once, not " + workers);
        loginPrefix.ifPresent(
                prefix ->
                        require(
                                LOGIN_PREFIX.matcher(prefix).matches(),
                                "the login page's address cannot begin with " + prefix));
        require(
                issuer.isPresent() || loginPrefix.isPresent() || isForLogin(stage),
                "Cognito accepts no login page whose address has aws, amazon or cognito in it, so"
                        + " stage "
                        + stage
                        + " needs a login prefix (STATUSWIRE_LOGIN_PREFIX) or an issuer of your own");
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedOrigins.forEach(
                origin -> require(CorsPolicy.isOrigin(origin), "not an origin: " + origin));
        retiredTypes = List.copyOf(retiredTypes);
        require(
                cloudFront || (domain.isEmpty() && allowedOrigins.isEmpty()),
                "a domain and allowed origins need CloudFront (STATUSWIRE_CLOUDFRONT)");
        retiredTypes.forEach(
                type -> require(TYPE.matcher(type).matches(), "not a request type: " + type));
        alarmTopic.ifPresent(
                arn ->
                        require(
                                TOPIC.matcher(arn).matches(),
                                "not the ARN of an SNS topic: " + arn));
        budget.ifPresent(
                it ->
                        require(
                                it.email().isPresent() || alarmTopic.isPresent(),
                                "a budget needs an alarm topic or an e-mail address to tell"));
    }

    /**
     * A budget.
     *
     * @param dollars a month
     * @param email an address that is told, besides the alarm topic
     */
    record Budget(int dollars, Optional<String> email) {

        private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

        Budget {
            require(dollars >= 1, "a budget has at least 1 USD, not " + dollars);
            email.ifPresent(
                    address ->
                            require(
                                    ADDRESS.matcher(address).matches(),
                                    "not an e-mail address: " + address));
        }
    }

    /** Whether Cognito accepts what the login page's address begins with unless it is given. */
    private static boolean isForLogin(String stage) {
        return LOGIN_PREFIX.matcher(stackName(stage) + "-123456789012").matches();
    }

    /** A domain, with the ARN of a certificate for it; CloudFront wants one of us-east-1. */
    record OwnDomain(String name, String certificateArn) {

        private static final Pattern NAME = Pattern.compile("([a-z0-9-]+\\.)+[a-z]{2,}");
        private static final Pattern ARN =
                Pattern.compile("arn:[a-z-]+:acm:us-east-1:\\d{12}:certificate/.+");

        OwnDomain {
            require(NAME.matcher(name).matches(), "not the name of a domain: " + name);
            require(
                    ARN.matcher(certificateArn).matches(),
                    "not the ARN of a certificate in us-east-1: " + certificateArn);
        }
    }

    /** An OpenID Connect issuer, with what {@code STATUSWIRE_OIDC_*} say about it. */
    record OwnIssuer(
            URI issuer, String audience, String clientId, String scope, boolean atJwtOnly) {

        OwnIssuer {
            require(
                    "https".equals(issuer.getScheme()) && issuer.getHost() != null,
                    "an issuer has an address with https: " + issuer);
        }
    }

    /**
     * From the variables that {@code ./deploy} sets.
     *
     * @throws IllegalArgumentException where one is not what it should be
     */
    static DeployOptions from(Environment environment) {
        ALONE_MEANINGLESS.forEach(
                (name, needed) ->
                        require(
                                environment.text(name).isEmpty()
                                        || environment.text(needed).isPresent(),
                                name + " means nothing without " + needed));
        return new DeployOptions(
                environment.text("STATUSWIRE_STAGE").orElse("dev"),
                environment.number("STATUSWIRE_RETENTION_DAYS", 7),
                environment
                        .text("STATUSWIRE_DOMAIN")
                        .map(name -> new OwnDomain(name, needed(environment, "CERTIFICATE"))),
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
        String audience = needed(environment, "OIDC_AUDIENCE");
        return new OwnIssuer(
                issuer,
                audience,
                environment
                        .text("STATUSWIRE_OIDC_CLIENT_ID")
                        .orElse(environment.list("STATUSWIRE_OIDC_AUDIENCE").getFirst()),
                environment.text("STATUSWIRE_OIDC_SCOPE").orElse("openid"),
                environment.flag("STATUSWIRE_OIDC_AT_JWT_ONLY"));
    }

    private static String needed(Environment environment, String what) {
        String name = "STATUSWIRE_" + what;
        return environment
                .text(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static boolean isSet(Environment environment, String name, boolean otherwise) {
        return environment.text(name).isEmpty() ? otherwise : environment.flag(name);
    }

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The name of the stack. */
    String stackName() {
        return stackName(stage);
    }

    private static String stackName(String stage) {
        return "statuswire-" + stage;
    }

    /** Whether the user pool has a client for checks. */
    boolean hasCheckClient() {
        return checkClient || isForTrying();
    }

    /** Whether new versions of the functions get a share of the invocations first, then all. */
    boolean isGradual() {
        return gradual && !isForTrying();
    }

    /** Whether data may go when the stack goes, and nothing guards it from being deleted. */
    boolean isForTrying() {
        return stage.equals("dev");
    }
}
