package dev.statuswire.aws;

import dev.statuswire.aws.door.OwnerExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.CognitoUserPoolsAuthorizer;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.cognito.AccountRecovery;
import software.amazon.awscdk.services.cognito.AuthFlow;
import software.amazon.awscdk.services.cognito.AutoVerifiedAttrs;
import software.amazon.awscdk.services.cognito.CfnManagedLoginBranding;
import software.amazon.awscdk.services.cognito.CognitoDomainOptions;
import software.amazon.awscdk.services.cognito.FeaturePlan;
import software.amazon.awscdk.services.cognito.ManagedLoginVersion;
import software.amazon.awscdk.services.cognito.Mfa;
import software.amazon.awscdk.services.cognito.MfaSecondFactor;
import software.amazon.awscdk.services.cognito.OAuthFlows;
import software.amazon.awscdk.services.cognito.OAuthScope;
import software.amazon.awscdk.services.cognito.OAuthSettings;
import software.amazon.awscdk.services.cognito.PasswordPolicy;
import software.amazon.awscdk.services.cognito.SignInAliases;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolClient;
import software.amazon.awscdk.services.cognito.UserPoolDomain;
import software.constructs.Construct;

/** Authenticates users with a Cognito user pool of the stack and its hosted login page. */
final class CognitoLogin extends Construct implements LoginProvider {

    /**
     * The scope that the page requests. It distinguishes tokens of the login page from those of
     * Cognito's API.
     */
    private static final String SCOPE = "openid";

    /**
     * The scope of tokens that Cognito's API issues, such as by {@code AdminInitiateAuth}; they
     * have no other scope.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html">Understanding
     *     the access token</a>
     */
    private static final String ADMINISTRATORS_SCOPE = "aws.cognito.signin.user.admin";

    private static final int SHORTEST_PASSWORD = 12;

    private final UserPool pool;
    private final String loginHostPrefix;
    private final Optional<UserPoolClient> checkClient;

    CognitoLogin(Construct scope, DeployOptions options) {
        super(scope, "Login");
        boolean guarded = !options.isTrial();
        pool =
                UserPool.Builder.create(this, "Users")
                        .selfSignUpEnabled(options.signUp())
                        .signInAliases(SignInAliases.builder().email(true).build())
                        .signInCaseSensitive(false)
                        .autoVerify(AutoVerifiedAttrs.builder().email(true).build())
                        .accountRecovery(AccountRecovery.EMAIL_ONLY)
                        .passwordPolicy(passwords())
                        .mfa(Mfa.OPTIONAL)
                        .mfaSecondFactor(MfaSecondFactor.builder().otp(true).sms(false).build())
                        .featurePlan(FeaturePlan.ESSENTIALS)
                        .deletionProtection(guarded)
                        .removalPolicy(guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                        .build();
        NagSuppressions.in(
                pool,
                Map.of(
                        "AwsSolutions-COG2",
                        "A second factor is optional for users; the operator decides whether to"
                                + " require it.",
                        "AwsSolutions-COG3",
                        "Threat protection requires the Plus plan, which is billed per active"
                                + " user."));
        loginHostPrefix =
                options.loginPrefix()
                        .orElseGet(() -> options.stackName() + "-" + Stack.of(this).getAccount());
        checkClient = options.hasCheckClient() ? Optional.of(checkClient()) : Optional.empty();
    }

    private static PasswordPolicy passwords() {
        return PasswordPolicy.builder()
                .minLength(SHORTEST_PASSWORD)
                .requireLowercase(true)
                .requireUppercase(true)
                .requireDigits(true)
                .requireSymbols(true)
                .tempPasswordValidity(Duration.days(3))
                .build();
    }

    /**
     * The discovery document is on the host of the pool, the token endpoint on that of the login
     * page.
     */
    @Override
    public List<String> origins() {
        Stack stack = Stack.of(this);
        return List.of(
                "https://cognito-idp.%s.%s".formatted(stack.getRegion(), stack.getUrlSuffix()),
                "https://%s.auth.%s.amazoncognito.com"
                        .formatted(loginHostPrefix, stack.getRegion()));
    }

    @Override
    public Map<String, String> open(String pageUrl) {
        UserPoolDomain domain =
                UserPoolDomain.Builder.create(this, "Domain")
                        .userPool(pool)
                        .cognitoDomain(
                                CognitoDomainOptions.builder()
                                        .domainPrefix(loginHostPrefix)
                                        .build())
                        .managedLoginVersion(ManagedLoginVersion.NEWER_MANAGED_LOGIN)
                        .build();
        UserPoolClient client = client(pageUrl + "/");
        CfnManagedLoginBranding looks =
                CfnManagedLoginBranding.Builder.create(this, "Looks")
                        .userPoolId(pool.getUserPoolId())
                        .clientId(client.getUserPoolClientId())
                        .useCognitoProvidedValues(true)
                        .build();
        looks.getNode().addDependency(domain);
        return Map.of(
                "STATUSWIRE_OIDC_ISSUER", issuer(),
                // Cognito's access tokens have no audience; they contain the client id.
                "STATUSWIRE_OIDC_AUDIENCE", audiences(client),
                "STATUSWIRE_OIDC_CLIENT_ID", client.getUserPoolClientId(),
                "STATUSWIRE_OIDC_SCOPE", SCOPE);
    }

    private String audiences(UserPoolClient page) {
        return Stream.concat(Stream.of(page), checkClient.stream())
                .map(UserPoolClient::getUserPoolClientId)
                .collect(Collectors.joining(","));
    }

    /**
     * Creates the client with which {@code ./deploy --check} logs in. It allows only calls by
     * administrators of the account, who could log in as any user without it, too.
     */
    private UserPoolClient checkClient() {
        return UserPoolClient.Builder.create(this, "Check")
                .userPool(pool)
                .generateSecret(false)
                .authFlows(AuthFlow.builder().adminUserPassword(true).build())
                .disableOAuth(true)
                .preventUserExistenceErrors(true)
                .accessTokenValidity(Duration.minutes(5))
                .idTokenValidity(Duration.minutes(5))
                .refreshTokenValidity(Duration.hours(1))
                .build();
    }

    /**
     * Creates a public client: a page cannot keep a secret, so it proves with PKCE that it started
     * the login.
     */
    private UserPoolClient client(String pageUrl) {
        return UserPoolClient.Builder.create(this, "Page")
                .userPool(pool)
                .generateSecret(false)
                .authFlows(AuthFlow.builder().build())
                .oAuth(
                        OAuthSettings.builder()
                                .flows(OAuthFlows.builder().authorizationCodeGrant(true).build())
                                .scopes(List.of(OAuthScope.OPENID))
                                .callbackUrls(List.of(pageUrl))
                                .logoutUrls(List.of(pageUrl))
                                .build())
                .preventUserExistenceErrors(true)
                .enableTokenRevocation(true)
                .accessTokenValidity(Duration.hours(1))
                .idTokenValidity(Duration.hours(1))
                .refreshTokenValidity(Duration.days(1))
                .build();
    }

    private String issuer() {
        Stack stack = Stack.of(this);
        return "https://cognito-idp.%s.%s/%s"
                .formatted(stack.getRegion(), stack.getUrlSuffix(), pool.getUserPoolId());
    }

    @Override
    public IAuthorizer authorizer(Functions functions, Map<String, String> environment) {
        return CognitoUserPoolsAuthorizer.Builder.create(this, "Authorizer")
                .cognitoUserPools(List.of(pool))
                .resultsCacheTtl(Duration.minutes(5))
                .build();
    }

    /**
     * With scopes, the authorizer accepts access tokens; without scopes, it would accept id tokens.
     */
    @Override
    public List<String> scopes() {
        return checkClient.isPresent() ? List.of(SCOPE, ADMINISTRATORS_SCOPE) : List.of(SCOPE);
    }

    @Override
    public OwnerExpression owner() {
        return OwnerExpression.COGNITO;
    }

    /** Returns the id of the client for {@code ./deploy --check}, if the pool has one. */
    Optional<String> checkClientId() {
        return checkClient.map(UserPoolClient::getUserPoolClientId);
    }

    String userPoolId() {
        return pool.getUserPoolId();
    }
}
