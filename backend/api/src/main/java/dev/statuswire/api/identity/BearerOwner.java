package dev.statuswire.api.identity;

import dev.statuswire.api.http.OwnerOf;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.identity.AccessTokens;
import dev.statuswire.identity.BearerCredentials;
import dev.statuswire.identity.Verdict;
import io.javalin.http.Context;

/**
 * By the access token of a call: its owner is the token's subject. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3, The
 *     WWW-Authenticate Response Header Field</a>
 */
final class BearerOwner implements OwnerOf {

    private final AccessTokens tokens;

    BearerOwner(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ProblemException where it does not say whose it is, or that cannot be found out
     */
    @Override
    public String owner(Context call) {
        String header = call.header("Authorization");
        if (header == null) {
            throw unauthenticated("Send an access token: Authorization: Bearer …", "Bearer");
        }
        String token =
                BearerCredentials.tokenIn(header)
                        .orElseThrow(
                                () ->
                                        unauthenticated(
                                                "This is no bearer token.",
                                                "Bearer error=\"invalid_request\""));
        return switch (tokens.check(token)) {
            case Verdict.Identified who -> who.subject();
            case Verdict.Refused refused ->
                    throw unauthenticated(
                            "The access token is not good: " + refused.reason(),
                            "Bearer error=\"invalid_token\"");
            case Verdict.Undecided _ ->
                    throw new ProblemException(
                            ProblemKind.ISSUER_UNREACHABLE
                                    .with("The same access token may be good in a moment.")
                                    .withHeader("Retry-After", "1"));
        };
    }

    private static ProblemException unauthenticated(String detail, String challenge) {
        return new ProblemException(
                ProblemKind.UNAUTHENTICATED.with(detail).withHeader("WWW-Authenticate", challenge));
    }
}
