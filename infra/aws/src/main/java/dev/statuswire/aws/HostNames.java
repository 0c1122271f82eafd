package dev.statuswire.aws;

import software.amazon.awscdk.Stack;

/** Names of hosts that follow from an id. */
final class HostNames {

    private HostNames() {}

    /**
     * Where an API is called. Made of its id, not of its stage: the stage needs the functions, and
     * they need to know where the API is.
     */
    static String executeApi(Stack stack, String apiId) {
        return "%s.execute-api.%s.%s".formatted(apiId, stack.getRegion(), stack.getUrlSuffix());
    }
}
