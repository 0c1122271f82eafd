package dev.statuswire.identity;

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
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer publishes. They are located with the issuer's discovery document, which
 * is read again each time because the issuer may have moved the keys. Each failure has a one-line
 * message that describes what is wrong.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final int MOST_BYTES = 256 * 1024;

    /** Two documents; for each of them, the connection and the response have separate timeouts. */
    private static final int CALLS = 4;

    private final URI issuer;
    private final Duration timeout;
    private final DefaultResourceRetriever http;

    /**
     * @param issuer the issuer's URL
     * @param timeout how long to wait for a connection, and for a response
     */
    IssuerKeys(URI issuer, Duration timeout) {
        this.issuer = issuer;
        this.timeout = timeout;
        int millis = Math.toIntExact(timeout.toMillis());
        this.http = new DefaultResourceRetriever(millis, millis, MOST_BYTES);
    }

    /** Returns how long one lookup may take in total. */
    Duration maxLookupTime() {
        return timeout.multipliedBy(CALLS);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JWKSetUnavailableException if a document cannot be fetched or is not usable
     */
    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
            throws JWKSetUnavailableException {
        URL keys = location();
        try {
            return JWKSet.parse(fetch(keys));
        } catch (ParseException | RuntimeException notKeys) {
            // The library does not wrap all exceptions.
            throw unusable(keys + " is not a JSON Web Key Set", notKeys);
        }
    }

    private URL location() throws JWKSetUnavailableException {
        URL discovery = discovery();
        String document = fetch(discovery);
        try {
            var metadata = JSONObjectUtils.parse(document);
            String named = JSONObjectUtils.getString(metadata, "issuer");
            if (!issuer.toString().equals(named)) {
                throw unusable(
                        "the document at " + discovery + " names another issuer than " + issuer,
                        null);
            }
            return checked(JSONObjectUtils.getString(metadata, "jwks_uri"), discovery);
        } catch (ParseException | RuntimeException notMetadata) {
            throw unusable(discovery + " is not a discovery document", notMetadata);
        }
    }

    /**
     * Returns the URL of the keys. It must be an https URL, because keys that are fetched over http
     * can be replaced in transit. An http URL on the loopback interface is allowed if the issuer
     * itself uses http.
     */
    URL checked(@Nullable String jwksUri, URL discovery) throws JWKSetUnavailableException {
        if (jwksUri == null) {
            throw unusable("the document at " + discovery + " has no jwks_uri", null);
        }
        try {
            URI uri = URI.create(jwksUri);
            boolean isSafe =
                    "http".equals(issuer.getScheme())
                            ? OidcSettings.isSafe(uri)
                            : "https".equals(uri.getScheme()) && uri.getHost() != null;
            if (isSafe) {
                return uri.toURL();
            }
        } catch (IllegalArgumentException | MalformedURLException notUrl) {
            throw unusable("the jwks_uri at " + discovery + " is not a URL", notUrl);
        }
        throw unusable("the jwks_uri at " + discovery + " is not an https URL", null);
    }

    private String fetch(URL url) throws JWKSetUnavailableException {
        try {
            return http.retrieveResource(url).getContent();
        } catch (IOException unavailable) {
            throw unusable("could not fetch " + url + ": " + unavailable.getMessage(), unavailable);
        }
    }

    private static JWKSetUnavailableException unusable(String what, @Nullable Exception cause) {
        return cause == null
                ? new JWKSetUnavailableException(what)
                : new JWKSetUnavailableException(what, cause);
    }

    /**
     * Returns the URL of the discovery document. A trailing slash of the issuer is removed (OpenID
     * Connect Discovery 1.0, section 4).
     */
    private URL discovery() throws JWKSetUnavailableException {
        String base = issuer.toString().replaceFirst("/$", "");
        try {
            return URI.create(base + "/.well-known/openid-configuration").toURL();
        } catch (MalformedURLException noUrl) {
            throw unusable(issuer + " is not a URL", noUrl);
        }
    }

    @Override
    public void close() {}
}
