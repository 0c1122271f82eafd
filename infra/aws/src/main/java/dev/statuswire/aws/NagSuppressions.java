package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Suppresses findings of cdk-nag, each with a reason. The rules run in the tests and read the
 * suppressions from this metadata in the template.
 *
 * @see <a href="https://github.com/cdklabs/cdk-nag#suppressing-a-rule">cdk-nag, suppressing a
 *     rule</a>
 */
final class NagSuppressions {

    private NagSuppressions() {}

    /**
     * Suppresses findings for {@code construct} and every resource in it.
     *
     * @param reasons by the ids of the rules
     */
    static void in(IConstruct construct, Map<String, String> reasons) {
        var rules =
                reasons.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(rule -> Map.of("id", rule.getKey(), "reason", rule.getValue()))
                        .toList();
        construct.getNode().findAll().stream()
                .filter(CfnResource.class::isInstance)
                .map(CfnResource.class::cast)
                .forEach(
                        resource ->
                                resource.addMetadata(
                                        "cdk_nag",
                                        Map.of("rules_to_suppress", List.copyOf(rules))));
    }
}
