package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.Method;
import software.amazon.awscdk.services.apigateway.MethodOptions;

/**
 * Determines which callers may call a method.
 *
 * @param scopes a token must have one of these; empty if the authorizer checks the scopes
 */
record MethodAuthorization(IAuthorizer authorizer, List<String> scopes) {

    /** Returns the options of a method that requires a token. */
    MethodOptions.Builder options() {
        var options = MethodOptions.builder().authorizer(authorizer);
        return scopes.isEmpty() ? options : options.authorizationScopes(scopes);
    }

    /** Suppresses the finding of cdk-nag for a method whose tokens a function checks. */
    void watch(Method method) {
        if (scopes.isEmpty()) {
            NagSuppressions.in(
                    method,
                    Map.of(
                            "AwsSolutions-COG4",
                            "A function checks the tokens of the operator's own issuer."));
        }
    }

    /** Returns the options of a method that requires no token. */
    static MethodOptions none() {
        return MethodOptions.builder().authorizationType(AuthorizationType.NONE).build();
    }
}
