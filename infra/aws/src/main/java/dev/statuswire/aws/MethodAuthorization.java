package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.Method;
import software.amazon.awscdk.services.apigateway.MethodOptions;

/**
 * Who may call a method.
 *
 * @param scopes that a token must have one of; empty where the authorizer sees to it
 */
record MethodAuthorization(IAuthorizer authorizer, List<String> scopes) {

    /** Whoever is logged in. */
    MethodOptions.Builder options() {
        var options = MethodOptions.builder().authorizer(authorizer);
        return scopes.isEmpty() ? options : options.authorizationScopes(scopes);
    }

    /** Says of a method that is called so why that is enough. */
    void watch(Method method) {
        if (scopes.isEmpty()) {
            NagSuppressions.in(
                    method,
                    Map.of(
                            "AwsSolutions-COG4",
                            "Tokens of an issuer of one's own are checked by a function."));
        }
    }

    /** Everybody. */
    static MethodOptions none() {
        return MethodOptions.builder().authorizationType(AuthorizationType.NONE).build();
    }
}
