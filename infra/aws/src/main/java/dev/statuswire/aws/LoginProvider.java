package dev.statuswire.aws;

import dev.statuswire.aws.door.OwnerExpression;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigateway.IAuthorizer;

/** Who says who is calling. */
interface LoginProvider {

    /** The origins that the page calls to log in. */
    List<String> origins();

    /**
     * Gets ready for a page.
     *
     * @param pageUrl where it is, without a slash at its end
     * @return what {@code STATUSWIRE_OIDC_*} say to the functions
     */
    Map<String, String> open(String pageUrl);

    /**
     * What API Gateway asks.
     *
     * @param environment as {@link #open} gave it
     */
    IAuthorizer authorizer(Functions functions, Map<String, String> environment);

    /** The scopes that a token must have one of; empty where the authorizer sees to it. */
    List<String> scopes();

    /** Where the gateway finds whose call it is. */
    OwnerExpression owner();
}
