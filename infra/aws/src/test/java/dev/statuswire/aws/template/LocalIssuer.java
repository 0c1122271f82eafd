package dev.statuswire.aws.template;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.statuswire.identity.testing.Issuer;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A local issuer of the tokens that a stack accepts: a user pool, or an own issuer. Each issuer
 * that a template names exists once, until the end of the process.
 */
public final class LocalIssuer {

    private static final Map<URI, Issuer> RUNNING = new ConcurrentHashMap<>();

    private final URI named;
    private final Issuer issuer;
    private final String client;
    private final boolean isPool;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private LocalIssuer(URI named, String client, boolean isPool) {
        this.named = named;
        this.client = client;
        this.isPool = isPool;
        this.issuer =
                RUNNING.computeIfAbsent(
                        named, it -> new Issuer(it.getPath().substring(1), isPool ? client : null));
    }

    /**
     * Returns the user pool of a template, or else the issuer in the environment of its API
     * function.
     */
    static LocalIssuer of(Template template) {
        return template.all("AWS::Cognito::UserPool").stream()
                .findFirst()
                .map(
                        pool ->
                                new LocalIssuer(
                                        URI.create(
                                                "https://cognito-idp.%s.amazonaws.com/%s"
                                                        .formatted(
                                                                PhysicalNames.REGION,
                                                                template.ref(pool))),
                                        template.ref(page(template)),
                                        true))
                .orElseGet(() -> ownIssuer(template));
    }

    /** Returns the client with which the page logs in; there can be another one for checks. */
    private static Resource page(Template template) {
        return template.all("AWS::Cognito::UserPoolClient").stream()
                .filter(it -> it.properties().has("CallbackURLs"))
                .findFirst()
                .orElseThrow();
    }

    private static LocalIssuer ownIssuer(Template template) {
        var variables =
                template.all("AWS::Lambda::Function").stream()
                        .filter(it -> it.text("Handler").endsWith(".TokenAuthorizer"))
                        .findFirst()
                        .orElseThrow()
                        .get("Environment")
                        .path("Variables");
        return new LocalIssuer(
                URI.create(variables.path("STATUSWIRE_OIDC_ISSUER").asText()),
                variables.path("STATUSWIRE_OIDC_AUDIENCE").asText(),
                false);
    }

    /** Returns the host that the template names. */
    String host() {
        return named.getHost();
    }

    /** Returns the local URL of that host. */
    URI base() {
        return issuer.address().resolve("/");
    }

    /** Issues an access token for {@code subject}. */
    public String accessToken(String subject) {
        return tokens.computeIfAbsent(subject, it -> signed(it, client));
    }

    private String signed(String subject, String forClient) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer.address().toString())
                        .subject(subject)
                        .claim("scope", "openid")
                        .expirationTime(Date.from(Instant.now().plusSeconds(3600)));
        return isPool
                ? issuer.signed(
                        claims.claim("client_id", forClient).claim("token_use", "access").build())
                : issuer.signed(claims.audience(forClient).build(), "at+jwt");
    }

    /** Returns the claims of a token if it is a valid token of the user pool. */
    Optional<Map<String, Object>> claims(String token, String pool) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            boolean isGood =
                    named.getPath().equals("/" + pool)
                            && issuer.address().toString().equals(claims.getIssuer())
                            && claims.getExpirationTime() != null
                            && claims.getExpirationTime().toInstant().isAfter(Instant.now())
                            && jwt.verify(new RSASSAVerifier(issuer.key().toRSAPublicKey()));
            return isGood ? Optional.of(claims.toJSONObject()) : Optional.empty();
        } catch (ParseException | JOSEException notToken) {
            return Optional.empty();
        }
    }
}
