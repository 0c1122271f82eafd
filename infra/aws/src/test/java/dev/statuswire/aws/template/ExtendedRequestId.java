package dev.statuswire.aws.template;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Generates values for {@code $context.extendedRequestId}: unique for each call, and Base64, such
 * as {@code JKJaXmPLvHcESHA=}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference">Context
 *     variables for data transformations</a>
 */
final class ExtendedRequestId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 11;

    private ExtendedRequestId() {}

    static String next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
