package dev.statuswire.api.identity;

import dev.statuswire.api.http.OwnerResolver;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.RequestHeaders;
import dev.statuswire.identity.AccessTokenVerifier;
import dev.statuswire.identity.BearerCredentials;
import dev.statuswire.identity.TokenVerdict;
import io.javalin.http.Context;
import java.util.List;

/**
 * Resolves the owner of a call from its access token: the owner is the token's subject.
 * Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3, The
 *     WWW-Authenticate Response Header Field</a>
 */
final class BearerOwner implements OwnerResolver {

    /** The realm is the same everywhere, because a token is valid for the whole API. */
    private static final String CHALLENGE = "Bearer realm=\"statuswire\"";

    private final AccessTokenVerifier tokens;

    BearerOwner(AccessTokenVerifier tokens) {
        this.tokens = tokens;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ProblemException if the call has no valid token, or if the token cannot be checked
     */
    @Override
    public String owner(Context call) {
        return switch (tokens.check(tokenOf(RequestHeaders.of(call, "Authorization")))) {
            case TokenVerdict.Identified who -> who.subject();
            case TokenVerdict.Refused refused ->
                    throw refused(
                            ProblemKind.UNAUTHENTICATED,
                            "The access token is invalid: " + refused.reason(),
                            CHALLENGE + ", error=\"invalid_token\"");
            case TokenVerdict.Undecided _ ->
                    throw new ProblemException(
                            ProblemKind.ISSUER_UNREACHABLE
                                    .with(
                                            "The issuer's keys are unavailable. Retry with the same"
                                                    + " access token.")
                                    .withHeader("Retry-After", "1"));
        };
    }

    /**
     * Returns the token. A caller that sent no bearer token gets no error code, only a hint on what
     * to send.
     */
    private static String tokenOf(List<String> fields) {
        if (fields.size() > 1) {
            throw malformed("Send the Authorization header once.");
        }
        String field =
                fields.stream()
                        .filter(BearerCredentials::isPresent)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        refused(
                                                ProblemKind.UNAUTHENTICATED,
                                                "Send an access token as Authorization: Bearer <token>.",
                                                CHALLENGE));
        return BearerCredentials.parseToken(field)
                .orElseThrow(() -> malformed("Send exactly one access token after Bearer."));
    }

    private static ProblemException malformed(String detail) {
        return refused(
                ProblemKind.MALFORMED_REQUEST, detail, CHALLENGE + ", error=\"invalid_request\"");
    }

    private static ProblemException refused(ProblemKind kind, String detail, String challenge) {
        return new ProblemException(kind.with(detail).withHeader("WWW-Authenticate", challenge));
    }
}
