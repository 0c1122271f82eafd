package dev.statuswire.check;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/**
 * A user of the stage's user pool that exists for the check. The password is new for each run and
 * is not stored. Logs in through the app client {@code CheckClient}, which only accepts calls by
 * administrators.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html">AdminInitiateAuth</a>
 */
final class TestUser implements TokenProvider, AutoCloseable {

    private static final String DOMAIN = "@example.com";

    /** Contains a character of each kind that a password policy can require. */
    private static final String EVERY_KIND = "aA1!";

    private final CognitoIdentityProviderClient cognito;
    private final String pool;
    private final String client;
    private final String name;
    private final boolean kept;
    private boolean exists;

    private TestUser(
            CognitoIdentityProviderClient cognito,
            String pool,
            String client,
            String name,
            boolean kept) {
        this.cognito = cognito;
        this.pool = pool;
        this.client = client;
        this.name = name;
        this.kept = kept;
    }

    /** Creates the test user in a user pool, for one of its app clients. */
    @FunctionalInterface
    interface Factory {

        TestUser make(CognitoIdentityProviderClient cognito, String pool, String client);
    }

    /** Returns a user for a single run, which is deleted at the end. */
    static TestUser temporary(CognitoIdentityProviderClient cognito, String pool, String client) {
        return new TestUser(
                cognito, pool, client, "statuswire-check-" + UUID.randomUUID() + DOMAIN, false);
    }

    /** Returns the same user for every run, because Cognito bills each monthly active user. */
    static TestUser kept(CognitoIdentityProviderClient cognito, String pool, String client) {
        return new TestUser(cognito, pool, client, "statuswire-canary" + DOMAIN, true);
    }

    @Override
    public String get() {
        try {
            create();
            String password = newPassword();
            cognito.adminSetUserPassword(
                    request ->
                            request.userPoolId(pool)
                                    .username(name)
                                    .password(password)
                                    .permanent(true));
            var response =
                    cognito.adminInitiateAuth(
                            request ->
                                    request.userPoolId(pool)
                                            .clientId(client)
                                            .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                                            .authParameters(
                                                    Map.of(
                                                            "USERNAME", name,
                                                            "PASSWORD", password)));
            if (response.authenticationResult() == null) {
                throw new CheckFailedException(
                        "expected tokens for the test user, got the challenge "
                                + response.challengeNameAsString());
            }
            return response.authenticationResult().accessToken();
        } catch (CognitoIdentityProviderException refused) {
            throw new CheckFailedException(
                    "expected to log in a test user, got " + CheckedStage.said(refused));
        } catch (SdkClientException unreachable) {
            throw new CheckFailedException(
                    "expected to log in a test user, got " + CheckedStage.said(unreachable));
        }
    }

    private void create() {
        try {
            cognito.adminCreateUser(
                    request ->
                            request.userPoolId(pool)
                                    .username(name)
                                    .messageAction(MessageActionType.SUPPRESS)
                                    .userAttributes(
                                            attribute("email", name),
                                            attribute("email_verified", "true")));
            exists = true;
        } catch (UsernameExistsException there) {
            if (!kept) {
                throw there;
            }
        }
    }

    private static AttributeType attribute(String name, String value) {
        return AttributeType.builder().name(name).value(value).build();
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + EVERY_KIND;
    }

    @Override
    public String described() {
        return kept ? "as " + name : "as a test user";
    }

    /**
     * Deletes the user if it is for a single run.
     *
     * @throws CheckFailedException if the deletion fails
     */
    @Override
    public void close() {
        if (!exists || kept) {
            return;
        }
        try {
            cognito.adminDeleteUser(request -> request.userPoolId(pool).username(name));
        } catch (CognitoIdentityProviderException refused) {
            throw new CheckFailedException(
                    "expected to delete the test user "
                            + name
                            + ", got "
                            + CheckedStage.said(refused));
        } catch (SdkClientException unreachable) {
            throw new CheckFailedException(
                    "expected to delete the test user "
                            + name
                            + ", got "
                            + CheckedStage.said(unreachable));
        }
    }
}
