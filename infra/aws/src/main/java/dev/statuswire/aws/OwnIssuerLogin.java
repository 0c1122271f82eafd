package dev.statuswire.aws;

import dev.statuswire.aws.door.OwnerExpression;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.TokenAuthorizer;
import software.constructs.Construct;

/**
 * Authenticates callers with tokens of your own issuer, which a function checks with the code of
 * the API.
 */
final class OwnIssuerLogin extends Construct implements LoginProvider {

    /**
     * How long API Gateway accepts a valid token without checking it again; it may have been
     * revoked in the meantime.
     */
    private static final Duration TRUSTED = Duration.minutes(5);

    /**
     * The credentials for which the function is invoked: those that could be a signed JWT. API
     * Gateway itself rejects all others with 401.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html">Authorizer,
     *     identityValidationExpression</a>
     */
    static final String CREDENTIALS =
            "^[Bb][Ee][Aa][Rr][Ee][Rr] +[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$";

    private final DeployOptions.OwnIssuer issuer;

    OwnIssuerLogin(Construct scope, DeployOptions.OwnIssuer issuer) {
        super(scope, "Login");
        this.issuer = issuer;
    }

    @Override
    public List<String> origins() {
        URI address = issuer.issuer();
        return List.of(address.getScheme() + "://" + address.getAuthority());
    }

    @Override
    public Map<String, String> open(String pageUrl) {
        return Map.of(
                "STATUSWIRE_OIDC_ISSUER", issuer.issuer().toString(),
                "STATUSWIRE_OIDC_AUDIENCE", issuer.audience(),
                "STATUSWIRE_OIDC_CLIENT_ID", issuer.clientId(),
                "STATUSWIRE_OIDC_SCOPE", issuer.scope(),
                "STATUSWIRE_OIDC_AT_JWT_ONLY", String.valueOf(issuer.atJwtOnly()));
    }

    @Override
    public IAuthorizer authorizer(Functions functions, Map<String, String> environment) {
        return TokenAuthorizer.Builder.create(this, "Authorizer")
                .handler(functions.tokenAuthorizer(environment).alias())
                .resultsCacheTtl(TRUSTED)
                .validationRegex(CREDENTIALS)
                .build();
    }

    @Override
    public List<String> scopes() {
        return List.of();
    }

    @Override
    public OwnerExpression owner() {
        return OwnerExpression.LAMBDA;
    }
}
