package dev.statuswire.aws.template;

import dev.statuswire.api.testing.ApiClient;
import java.util.Optional;

/** The tests' client names an owner; the stack wants a token. */
final class TestLogin {

    static final String HEADER = "X-Test-Owner";

    private TestLogin() {}

    /** The call with an access token of the owner that it names; {@code local} if it names none. */
    static Call logIn(Call call, Optional<String> owner, LocalIssuer issuer) {
        String token = issuer.accessToken(ApiClient.ownerOf(owner.orElse(null)));
        return call.with(HEADER, null).with("Authorization", "Bearer " + token);
    }
}
