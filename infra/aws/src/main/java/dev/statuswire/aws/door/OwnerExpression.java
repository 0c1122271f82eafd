package dev.statuswire.aws.door;

/**
 * Where a mapping template finds whose call it is, which depends on who checked the token.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables
 *     for mapping templates</a>
 */
public enum OwnerExpression {
    /** A Cognito user pool's authorizer: the token's {@code sub}. */
    COGNITO("$context.authorizer.claims.sub"),
    /** A Lambda authorizer: the principal that it named, which is the token's {@code sub} too. */
    LAMBDA("$context.authorizer.principalId");

    private final String expression;

    OwnerExpression(String expression) {
        this.expression = expression;
    }

    String expression() {
        return expression;
    }
}
