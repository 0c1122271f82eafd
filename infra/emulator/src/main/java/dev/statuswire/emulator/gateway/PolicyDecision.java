package dev.statuswire.emulator.gateway;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an authorizer's policy for one call. The call is allowed if a statement allows it and
 * no statement denies it. Conditions are not evaluated: an Allow with a condition allows nothing,
 * and a Deny with a condition denies, so the result is never more permissive than on AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
final class PolicyDecision {

    private static final String INVOKE = "execute-api:Invoke";

    private PolicyDecision() {}

    /**
     * Returns whether the policy allows the call.
     *
     * @param policy a policy document with {@code Statement}, a list or array of maps
     * @throws IllegalArgumentException if the policy does not have that form
     */
    static boolean allows(Map<String, Object> policy, String methodArn) {
        boolean allowed = false;
        for (Object entry : listOf(policy.get("Statement"))) {
            if (!(entry instanceof Map<?, ?> statement)) {
                throw new IllegalArgumentException("a statement is not an object");
            }
            if (appliesTo(statement, methodArn)) {
                if ("Deny".equals(statement.get("Effect"))) {
                    return false;
                }
                allowed |= "Allow".equals(statement.get("Effect")) && isUnconditional(statement);
            }
        }
        return allowed;
    }

    private static boolean appliesTo(Map<?, ?> statement, String methodArn) {
        return anyMatches(statement.get("Action"), INVOKE)
                && anyMatches(statement.get("Resource"), methodArn);
    }

    private static boolean isUnconditional(Map<?, ?> statement) {
        return !(statement.get("Condition") instanceof Map<?, ?> condition) || condition.isEmpty();
    }

    private static boolean anyMatches(@Nullable Object patterns, String text) {
        return listOf(patterns).stream().anyMatch(pattern -> matches(pattern.toString(), text));
    }

    /** Matches {@code *} with any text and {@code ?} with any character. */
    private static boolean matches(String pattern, String text) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).matches();
    }

    private static List<?> listOf(@Nullable Object value) {
        return switch (value) {
            case null -> throw new IllegalArgumentException("the policy document is incomplete");
            case List<?> list -> list;
            case Object[] array -> List.of(array);
            default -> List.of(value);
        };
    }
}
