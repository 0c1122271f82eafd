package dev.statuswire.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What is particular to a function. Not thread-safe. */
final class FunctionSettings {

    /** Also its share of a processor: one at 1769. */
    static final int MEMORY_MEGABYTES = 1024;

    final String artifact;
    final String handler;
    final Duration timeOut;
    final Map<String, String> environment = new HashMap<>();
    final List<PolicyStatement> permissions = new ArrayList<>();
    boolean hasTypes;
    Optional<Integer> mostAtOnce = Optional.empty();

    /**
     * @param artifact its code, one of {@link Artifacts}
     * @param handler the name of a class
     * @param timeOut of an invocation
     */
    FunctionSettings(String artifact, String handler, Duration timeOut) {
        this.artifact = artifact;
        this.handler = handler;
        this.timeOut = timeOut;
    }

    /** Adds the request types to its code. */
    FunctionSettings andTypes() {
        hasTypes = true;
        return this;
    }

    /** Bounds how many invocations may run at once; without, they get what the account has left. */
    FunctionSettings atMost(int invocations) {
        mostAtOnce = Optional.of(invocations);
        return this;
    }

    /** Adds variables of its environment. */
    FunctionSettings told(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Adds what it may do, besides logging and tracing. */
    FunctionSettings allowed(PolicyStatement... statements) {
        permissions.addAll(List.of(statements));
        return this;
    }
}
