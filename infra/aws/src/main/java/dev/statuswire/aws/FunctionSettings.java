package dev.statuswire.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** The settings in which functions differ. Not thread-safe. */
final class FunctionSettings {

    /** Also determines the CPU share: one full vCPU at 1,769 MB. */
    static final int MEMORY_MEGABYTES = 1024;

    final String artifact;
    final String handler;
    final Duration timeOut;
    final Map<String, String> environment = new HashMap<>();
    final List<PolicyStatement> permissions = new ArrayList<>();
    boolean hasTypes;
    Optional<Integer> mostAtOnce = Optional.empty();

    /**
     * @param artifact the code, one of {@link Artifacts}
     * @param handler the name of the handler class
     * @param timeOut of an invocation
     */
    FunctionSettings(String artifact, String handler, Duration timeOut) {
        this.artifact = artifact;
        this.handler = handler;
        this.timeOut = timeOut;
    }

    /** Adds the layers with the request types. */
    FunctionSettings withTypeLayers() {
        hasTypes = true;
        return this;
    }

    /**
     * Limits the concurrent invocations; without a limit, the function shares the account's
     * unreserved concurrency.
     */
    FunctionSettings atMost(int invocations) {
        mostAtOnce = Optional.of(invocations);
        return this;
    }

    /** Adds environment variables. */
    FunctionSettings withVariables(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Adds permissions in addition to logging and tracing. */
    FunctionSettings allowed(PolicyStatement... statements) {
        permissions.addAll(List.of(statements));
        return this;
    }
}
