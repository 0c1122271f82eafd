package dev.statuswire.aws.template;

import dev.statuswire.api.testing.ApiClient;
import java.util.Optional;

/** Converts the owner that the tests' client names into a token, which the stack requires. */
final class TestLogin {

    static final String HEADER = "X-Test-Owner";

    private TestLogin() {}

    /**
     * Returns the call with an access token of the owner that it names, or of {@code local} if it
     * names none.
     */
    static Call logIn(Call call, Optional<String> owner, LocalIssuer issuer) {
        String token = issuer.accessToken(ApiClient.ownerOf(owner.orElse(null)));
        return call.with(HEADER, null).with("Authorization", "Bearer " + token);
    }
}
