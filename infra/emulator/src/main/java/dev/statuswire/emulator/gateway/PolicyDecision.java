package dev.statuswire.emulator.gateway;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer's policy says of one call: allowed if a statement allows it and none denies
 * it. Conditions are not evaluated: an Allow with one allows nothing, a Deny with one denies, so
 * that a policy is never read more generously than on AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
final class PolicyDecision {

    private static final String INVOKE = "execute-api:Invoke";

    private PolicyDecision() {}

    /**
     * Whether the policy allows the call.
     *
     * @param policy a policy document with {@code Statement}, a list or array of maps
     * @throws IllegalArgumentException if it is not of that form
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

    /** {@code *} stands for anything, {@code ?} for one character. */
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
