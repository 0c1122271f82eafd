package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Evaluates the policies of roles and functions. Statements with conditions allow nothing here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
final class Policies {

    private final Template template;

    Policies(Template template) {
        this.template = template;
    }

    /** Returns whether {@code service} can assume a role that allows {@code action}. */
    boolean allows(String roleArn, String service, String action, String resource) {
        Resource role = template.named("AWS::IAM::Role", "Arn", roleArn);
        boolean isAssumed =
                role.get("AssumeRolePolicyDocument")
                        .path("Statement")
                        .valueStream()
                        .anyMatch(it -> it.at("/Principal/Service").asText().equals(service));
        return isAssumed
                && role.get("Policies")
                        .valueStream()
                        .flatMap(it -> it.at("/PolicyDocument/Statement").valueStream())
                        .anyMatch(it -> allows(it, action, resource));
    }

    private static boolean allows(JsonNode statement, String action, String resource) {
        return statement.path("Effect").asText().equals("Allow")
                && !statement.has("Condition")
                && each(statement.path("Action")).anyMatch(it -> fits(it, action))
                && each(statement.path("Resource")).anyMatch(it -> fits(it, resource));
    }

    /**
     * Returns whether a permission of a function allows a service to invoke it.
     *
     * @param functionArn with the alias
     * @param sourceArn on whose behalf the service calls
     */
    boolean mayInvoke(String principal, String sourceArn, String functionArn) {
        return template.all("AWS::Lambda::Permission").stream()
                .filter(it -> it.text("Action").equals("lambda:InvokeFunction"))
                .filter(it -> it.text("Principal").equals(principal))
                .filter(it -> it.text("FunctionName").equals(functionArn))
                .anyMatch(it -> fits(it.text("SourceArn"), sourceArn));
    }

    /** Returns one value or several as texts. */
    static Stream<String> each(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? oneOrMore.valueStream().map(JsonNode::asText)
                : Stream.of(oneOrMore.asText());
    }

    private static boolean fits(String pattern, String value) {
        return wildcards(pattern).matcher(value).matches();
    }

    /** Compiles a pattern with {@code *} and {@code ?}. */
    static Pattern wildcards(String pattern) {
        return Pattern.compile(
                Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }
}
