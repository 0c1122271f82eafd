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

/** An issuer over HTTP, whose key can be changed. */
public final class Issuer implements AutoCloseable {

    /** It is asked whenever a key is not known, and may take its time. */
    public static final AccessTokenVerifier.Keys PATIENT =
            new AccessTokenVerifier.Keys(
                    Duration.ofMinutes(5),
                    Duration.ofMillis(1),
                    Duration.ofHours(4),
                    Duration.ofSeconds(30));

    private final Keys keys = new Keys();
    private final String name;
    private final MockOAuth2Server server;

    /** One that listens. */
    public Issuer() {
        this("people", null);
    }

    /**
     * One that listens.
     *
     * @param name the path of its address, without the slash
     * @param cognitoClient the access tokens that it gives out are those of Amazon Cognito for this
     *     client; null if they are like those of other issuers
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

    /** Its first answers take seconds, for which those who check tokens do not wait. */
    private void askOnce(String path) {
        try (InputStream answer = URI.create(address() + path).toURL().openStream()) {
            answer.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What {@code STATUSWIRE_OIDC_ISSUER} has to be. */
    public URI address() {
        return server.issuerUrl(name).uri();
    }

    /** What a good token for {@code audience} says. */
    public JWTClaimsSet.Builder claims(String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(address().toString())
                .subject("ada")
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    /** Signed with the key that it has now. */
    public String signed(JWTClaimsSet claims) {
        return signed(claims, keys.current());
    }

    /** Signed with the key that it has now, with this {@code typ} in the header; null for none. */
    public String signed(JWTClaimsSet claims, @Nullable String type) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keys.current().getKeyID());
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        return signed(header.build(), claims, keys.current());
    }

    /** A token of exactly this JSON, signed with the key that it has now. */
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

    /** Signed with any key. */
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

    /** A good token of {@code subject}. */
    public String tokenOf(String subject, String audience) {
        return signed(claims(audience).subject(subject).build());
    }

    /** One for {@code audience} that ends then. */
    public String tokenUntil(Instant end, String audience) {
        return signed(claims(audience).expirationTime(Date.from(end)).build());
    }

    /** One for {@code audience} that says that it is of another issuer. */
    public String tokenSaying(String issuer, String audience) {
        return signed(claims(audience).issuer(issuer).build());
    }

    /** One for {@code audience} that is signed by somebody else. */
    public String tokenSignedBy(Issuer other, String audience) {
        return signed(claims(audience).build(), other.key());
    }

    /** One for {@code audience} of the algorithm {@code none}. */
    public String tokenUnsigned(String audience) {
        return new PlainJWT(claims(audience).build()).serialize();
    }

    /** From now on it has another key, and no longer tells of the one before. */
    public void rotate() {
        keys.number.incrementAndGet();
    }

    /** The key that it has now. */
    public RSAKey key() {
        return keys.current();
    }

    /** The key that it has after the next {@link #rotate}, and does not tell of yet. */
    public RSAKey nextKey() {
        return keys.next();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /**
     * Keeps the {@code nonce} out of access tokens, where no issuer of today has it. The server
     * asks for the audience of an access token, and only of that, just before it asks for its
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
