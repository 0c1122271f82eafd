package dev.statuswire.aws;

import software.amazon.awscdk.Stack;

/** Host names that are derived from the id of an API. */
final class ExecuteApiHost {

    private ExecuteApiHost() {}

    /**
     * Returns the host of an API. Derived from the API's id and not from its stage, because the
     * stage depends on the functions, and the functions need the host.
     */
    static String executeApi(Stack stack, String apiId) {
        return "%s.execute-api.%s.%s".formatted(apiId, stack.getRegion(), stack.getUrlSuffix());
    }
}
