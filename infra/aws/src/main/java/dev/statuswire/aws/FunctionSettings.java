package dev.statuswire.aws;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What is particular to a function.
 *
 * @param artifact its code, one of {@link Artifacts}
 * @param handler the name of a class
 * @param withTypes whether it needs the request types
 * @param memoryMegabytes which is also its share of a processor: one at 1769
 * @param timeOut of an invocation
 * @param mostAtOnce how many invocations may run at once; empty for what the account has left
 * @param environment its variables
 * @param permissions what it may do, besides logging and tracing
 */
record FunctionSettings(
        String artifact,
        String handler,
        boolean withTypes,
        int memoryMegabytes,
        Duration timeOut,
        Optional<Integer> mostAtOnce,
        Map<String, String> environment,
        List<PolicyStatement> permissions) {

    private static final int MEMORY_MEGABYTES = 1024;

    FunctionSettings {
        environment = Map.copyOf(environment);
        permissions = List.copyOf(permissions);
    }

    static FunctionSettings of(String artifact, String handler, Duration timeOut) {
        return new FunctionSettings(
                artifact,
                handler,
                false,
                MEMORY_MEGABYTES,
                timeOut,
                Optional.empty(),
                Map.of(),
                List.of());
    }

    FunctionSettings andTypes() {
        return new FunctionSettings(
                artifact,
                handler,
                true,
                memoryMegabytes,
                timeOut,
                mostAtOnce,
                environment,
                permissions);
    }

    FunctionSettings atMost(int invocations) {
        return new FunctionSettings(
                artifact,
                handler,
                withTypes,
                memoryMegabytes,
                timeOut,
                Optional.of(invocations),
                environment,
                permissions);
    }

    FunctionSettings told(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new FunctionSettings(
                artifact,
                handler,
                withTypes,
                memoryMegabytes,
                timeOut,
                mostAtOnce,
                all,
                permissions);
    }

    /** Adds permissions. */
    FunctionSettings allowed(PolicyStatement... statements) {
        return new FunctionSettings(
                artifact,
                handler,
                withTypes,
                memoryMegabytes,
                timeOut,
                mostAtOnce,
                environment,
                Stream.concat(permissions.stream(), Stream.of(statements)).toList());
    }
}
