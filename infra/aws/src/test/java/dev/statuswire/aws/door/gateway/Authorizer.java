package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.testing.ApiClient;
import java.util.Map;

/** Says who is calling, as one of API Gateway's authorizers does. */
enum Authorizer {
    COGNITO,
    LAMBDA,
    NONE;

    /** {@code $context.authorizer}. */
    Map<String, Object> of(Call call) {
        String name = ApiClient.ownerOf(call.header("X-Test-Owner").orElse(null));
        return switch (this) {
            case COGNITO -> Map.of("claims", Map.of("sub", name));
            case LAMBDA -> Map.of("principalId", name);
            case NONE -> Map.of();
        };
    }
}
