package dev.statuswire.identity.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.TokenRequest;
import dev.statuswire.identity.AccessTokenVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jspecify.annotations.Nullable;

/** An issuer with an HTTP server. Its signing key can be rotated. */
public final class Issuer implements AutoCloseable {

    /** Looks up every unknown key at the issuer, and waits a long time for its response. */
    public static final AccessTokenVerifier.Keys PATIENT =
            new AccessTokenVerifier.Keys(
                    Duration.ofMinutes(5),
                    Duration.ofMillis(1),
                    Duration.ofHours(4),
                    Duration.ofSeconds(30));

    private final Keys keys = new Keys();
    private final String name;
    private final MockOAuth2Server server;

    /** Starts an issuer. */
    public Issuer() {
        this("people", null);
    }

    /**
     * Starts an issuer.
     *
     * @param name the path of its URL, without the slash
     * @param cognitoClient makes access tokens like those of Amazon Cognito for this client; null
     *     for those of other issuers
     */
    public Issuer(String name, @Nullable String cognitoClient) {
        this.name = name;
        this.server =
                new MockOAuth2Server(
                        new OAuth2Config(
                                true,
                                null,
                                null,
                                false,
                                new OAuth2TokenProvider(keys),
                                Set.of(new TokenClaims(name, cognitoClient))));
        server.start();
        askOnce("/.well-known/openid-configuration");
        askOnce("/jwks");
    }

    /**
     * Requests a document once, because the first responses take seconds, longer than token
     * verifiers wait.
     */
    private void askOnce(String path) {
        try (InputStream answer = URI.create(address() + path).toURL().openStream()) {
            answer.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Returns the issuer's URL, for {@code STATUSWIRE_OIDC_ISSUER}. */
    public URI address() {
        return server.issuerUrl(name).uri();
    }

    /** Returns the claims of a valid token for {@code audience}. */
    public JWTClaimsSet.Builder claims(String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(address().toString())
                .subject("ada")
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    /** Signs a token with the current key. */
    public String signed(JWTClaimsSet claims) {
        return signed(claims, keys.current());
    }

    /**
     * Signs a token with the current key and with {@code type} as {@code typ} in the header; null
     * for no {@code typ}.
     */
    public String signed(JWTClaimsSet claims, @Nullable String type) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keys.current().getKeyID());
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        return signed(header.build(), claims, keys.current());
    }

    /** Signs a token of exactly this JSON with the current key. */
    public String signed(String json) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keys.current().getKeyID());
            var token = new JWSObject(header.build(), new Payload(json));
            token.sign(new RSASSASigner(keys.current()));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Signs a token with any key. */
    public static String signed(JWTClaimsSet claims, RSAKey key) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        return signed(header, claims, key);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Returns a valid token of {@code subject}. */
    public String tokenOf(String subject, String audience) {
        return signed(claims(audience).subject(subject).build());
    }

    /** Returns a token for {@code audience} that expires at {@code end}. */
    public String tokenUntil(Instant end, String audience) {
        return signed(claims(audience).expirationTime(Date.from(end)).build());
    }

    /** Returns a token for {@code audience} that names another issuer. */
    public String tokenSaying(String issuer, String audience) {
        return signed(claims(audience).issuer(issuer).build());
    }

    /** Returns a token for {@code audience} that another issuer has signed. */
    public String tokenSignedBy(Issuer other, String audience) {
        return signed(claims(audience).build(), other.key());
    }

    /** Returns a token for {@code audience} with the algorithm {@code none}. */
    public String tokenUnsigned(String audience) {
        return new PlainJWT(claims(audience).build()).serialize();
    }

    /** Replaces the key. The old one is no longer published. */
    public void rotate() {
        keys.number.incrementAndGet();
    }

    /** Returns the current key. */
    public RSAKey key() {
        return keys.current();
    }

    /** Returns the key of the next {@link #rotate}, which is not published yet. */
    public RSAKey nextKey() {
        return keys.next();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /**
     * Removes the {@code nonce} from access tokens, because no current issuer puts it there. The
     * server requests the audience of an access token, and only of an access token, just before its
     * claims.
     */
    private static final class TokenClaims extends DefaultOAuth2TokenCallback {

        private final ThreadLocal<Boolean> isForAccess = ThreadLocal.withInitial(() -> false);
        private final @Nullable String cognitoClient;

        TokenClaims(String issuer, @Nullable String cognitoClient) {
            super(issuer);
            this.cognitoClient = cognitoClient;
        }

        @Override
        public List<String> audience(TokenRequest request) {
            isForAccess.set(true);
            return cognitoClient == null ? super.audience(request) : List.of();
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            var claims = new HashMap<String, Object>(super.addClaims(request));
            if (isForAccess.get()) {
                isForAccess.remove();
                claims.put("nonce", null);
                if (cognitoClient != null) {
                    claims.put("client_id", cognitoClient);
                    claims.put("token_use", "access");
                    claims.put("scope", "openid");
                }
            }
            return claims;
        }
    }

    private static final class Keys extends KeyProvider {

        private final AtomicInteger number = new AtomicInteger();

        RSAKey current() {
            return SigningKeys.number(number.get());
        }

        RSAKey next() {
            return SigningKeys.number(number.get() + 1);
        }

        @Override
        public JWK signingKey(String issuer) {
            return current();
        }
    }
}
