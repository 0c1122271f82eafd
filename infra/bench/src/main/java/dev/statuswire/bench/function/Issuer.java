package dev.statuswire.bench.function;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An OpenID Connect issuer, as far as those need one who check tokens. */
final class Issuer implements AutoCloseable {

    static final String AUDIENCE = "statuswire";

    private static final int BITS = 2048;
    private static final int SECONDS = 3600;

    private final RSAKey key = newKey();
    private final LoopbackHttp server = LoopbackHttp.listen(this::handle);

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(BITS).keyID("bench").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("no RSA key", impossible);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        LoopbackHttp.answer(exchange, 200, path.equals("/keys") ? keys() : discovery());
    }

    private String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    private String discovery() {
        return Json.write(
                Json.MAPPER
                        .createObjectNode()
                        .put("issuer", server.uri().toString())
                        .put("jwks_uri", server.uri() + "/keys"));
    }

    /** What a function has to be told to take its tokens. */
    Map<String, String> settings() {
        return Map.of(
                "STATUSWIRE_OIDC_ISSUER",
                server.uri().toString(),
                "STATUSWIRE_OIDC_AUDIENCE",
                AUDIENCE);
    }

    /** A good token. */
    String tokenOf(String subject) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(server.uri().toString())
                        .subject(subject)
                        .audience(AUDIENCE)
                        .expirationTime(Date.from(Instant.now().plusSeconds(SECONDS)))
                        .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("not signed", impossible);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.close();
    }
}
