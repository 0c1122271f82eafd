package dev.statuswire.aws;

import dev.statuswire.aws.door.OwnerExpression;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigateway.IAuthorizer;

/** Determines how callers are authenticated. */
interface LoginProvider {

    /** Returns the origins that the page calls to log in. */
    List<String> origins();

    /**
     * Prepares the login for a page.
     *
     * @param pageUrl the URL of the page, without a slash at the end
     * @return the {@code STATUSWIRE_OIDC_*} variables of the functions
     */
    Map<String, String> open(String pageUrl);

    /**
     * Returns the authorizer of the REST API.
     *
     * @param environment the result of {@link #open}
     */
    IAuthorizer authorizer(Functions functions, Map<String, String> environment);

    /**
     * Returns the scopes of which a token must have one; empty if the authorizer checks the scopes.
     */
    List<String> scopes();

    /** Returns where API Gateway finds the owner of a call. */
    OwnerExpression owner();
}
