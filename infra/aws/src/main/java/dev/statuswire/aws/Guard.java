package dev.statuswire.aws;

import java.util.List;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.MethodOptions;

/**
 * Who may call a method.
 *
 * @param scopes that a token must have one of; empty where the authorizer sees to it
 */
record Guard(IAuthorizer authorizer, List<String> scopes) {

    /** Whoever is logged in. */
    MethodOptions.Builder options() {
        var options = MethodOptions.builder().authorizer(authorizer);
        return scopes.isEmpty() ? options : options.authorizationScopes(scopes);
    }

    /** Everybody. */
    static MethodOptions none() {
        return MethodOptions.builder().authorizationType(AuthorizationType.NONE).build();
    }
}
