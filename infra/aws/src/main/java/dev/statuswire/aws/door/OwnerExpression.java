package dev.statuswire.aws.door;

/**
 * The expression by which a mapping template finds the owner of a call. It depends on the
 * authorizer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables
 *     for mapping templates</a>
 */
public enum OwnerExpression {
    /** Cognito user pool authorizer: the {@code sub} of the token. */
    COGNITO("$context.authorizer.claims.sub"),
    /**
     * Lambda authorizer: the principal that it returned, which is also the {@code sub} of the
     * token.
     */
    LAMBDA("$context.authorizer.principalId");

    private final String expression;

    OwnerExpression(String expression) {
        this.expression = expression;
    }

    String expression() {
        return expression;
    }
}
