package dev.statuswire.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Says of what checks of cdk-nag find that it is meant to be so, and why. The checks run in the
 * tests; what they look at is this metadata in the template.
 *
 * @see <a href="https://github.com/cdklabs/cdk-nag#suppressing-a-rule">cdk-nag, suppressing a
 *     rule</a>
 */
final class NagSuppressions {

    private NagSuppressions() {}

    /**
     * On every resource that {@code construct} is or has.
     *
     * @param reasons by the rules' ids
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
