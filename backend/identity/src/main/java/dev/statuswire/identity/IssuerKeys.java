package dev.statuswire.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;

/**
 * The keys that an issuer publishes, found by its discovery document, anew each time: it may have
 * moved them.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final int MOST_BYTES = 256 * 1024;

    /** Two documents, and each call may have to connect first. */
    private static final int CALLS = 4;

    private final URI issuer;
    private final Duration answer;
    private final DefaultResourceRetriever http;

    /**
     * @param answer how long the issuer may be silent when it is asked
     */
    IssuerKeys(URI issuer, Duration answer) {
        this.issuer = issuer;
        this.answer = answer;
        int millis = Math.toIntExact(answer.toMillis());
        this.http = new DefaultResourceRetriever(millis, millis, MOST_BYTES);
    }

    /** How long one lookup may take altogether. */
    Duration patience() {
        return answer.multipliedBy(CALLS);
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
            throws KeySourceException {
        try {
            return JWKSet.parse(http.retrieveResource(location()).getContent());
        } catch (IOException | ParseException unavailable) {
            throw new JWKSetUnavailableException("no keys of " + issuer, unavailable);
        }
    }

    private URL location() throws IOException, ParseException, RemoteKeySourceException {
        String document = http.retrieveResource(discovery()).getContent();
        var metadata = JSONObjectUtils.parse(document);
        if (!issuer.toString().equals(JSONObjectUtils.getString(metadata, "issuer"))) {
            throw new RemoteKeySourceException(issuer + " says that it is another issuer", null);
        }
        return JSONObjectUtils.getURI(metadata, "jwks_uri").toURL();
    }

    /** OpenID Connect Discovery 1.0, section 4: a slash at the issuer's end counts once. */
    private URL discovery() throws MalformedURLException {
        String base = issuer.toString().replaceFirst("/$", "");
        return URI.create(base + "/.well-known/openid-configuration").toURL();
    }

    @Override
    public void close() {}
}
